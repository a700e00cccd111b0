import type { NotificationKind } from '@bayway/contracts';
import { bayDay, type Language } from '@bayway/domain';
import { MAIL_WORDS } from './mail-words.js';

export type MailText = Readonly<{ subject: string; text: string }>;
type Told = Readonly<{ kind: NotificationKind; at: Date }>;

const BAY_OFFSET_MS = 8 * 3_600_000;
const TIME: Readonly<Record<Language, (day: string, time: string) => string>> = {
  'zh-Hant': (day, time) => `${chinese(day)} ${time}`,
  'zh-Hans': (day, time) => `${chinese(day)} ${time}`,
  pt: (day, time) => `${written(day, 'pt-PT')}, ${time}`,
  en: (day, time) => `${written(day, 'en-GB')}, ${time}`,
};

const chinese = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
};
const written = (day: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );

/** An instant as she reads it: the Bay's own day and 24-hour clock. */
const readable = (at: Date, language: Language): string => {
  const time = new Date(at.getTime() + BAY_OFFSET_MS).toISOString().slice(11, 16);
  return TIME[language](bayDay(at), time);
};

/** The mail about one event, or about the events of a day. It holds nothing that a bystander could learn from. */
export function mailAbout(
  told: readonly Told[],
  { language, portal }: { language: Language; portal: string },
): MailText {
  const words = MAIL_WORDS[language];
  const [first] = told;
  const foot = [words.where, portal, '', words.stop];
  if (!first || told.length > 1) {
    const [subject, body] = words.digest;
    return { subject, text: [body.replace('{n}', String(told.length)), '', ...foot, ''].join('\n') };
  }
  const [subject, happened, may] = words.kinds[first.kind];
  return {
    subject,
    text: [happened, `${words.when}: ${readable(first.at, language)}`, may, '', ...foot, ''].join('\n'),
  };
}

/** The mail that a new address is confirmed by. */
export function mailWithCode(code: string, { language, portal }: { language: Language; portal: string }): MailText {
  const [subject, happened, otherwise] = MAIL_WORDS[language].code;
  return { subject, text: [happened, code, portal, '', otherwise, ''].join('\n') };
}
