import type { ItemView, NoticeTexts } from '@bayway/contracts';
import { fill, formatDate, formatTime, inSentence, placeName, startSentence, t } from '@bayway/design';
import type { ActKind, Language } from '@bayway/domain';
import type { Notice } from '../notices/notice.js';
import type { RepresentationEntity } from '../representations/representation.entity.js';
import type { AskEntity } from './ask.entity.js';

type End = Readonly<{ name: string; place: string }>;
export type FactWords = Readonly<{ label: string; value: string; mail?: string; note?: string }>;

/** An ask in one language: every sentence as it will stand on the page, in the order of the page. */
export type AskWords = Readonly<{
  language: Language;
  title: string;
  kicker: readonly string[];
  lead: string;
  answerBy: string;
  ends: Readonly<{ holder: End; receiver: End }>;
  spanLabel: string;
  /** Recipient, contact, purpose, how, kept until, rights: the six items of PIPL 39 with 17. */
  facts: readonly FactWords[];
  itemsTitle: string;
  /** What becomes of the record, where it is not sent itself. */
  mode: string | null;
  items: readonly Readonly<{ id: string; name: string; sensitive: boolean; optional: boolean }>[];
  /** The days that the record covers, where the request names some. */
  range: string | null;
  leftOut: string | null;
  necessity: string | null;
  acts: readonly Readonly<{ kind: ActKind; title: string; says: string; law: string }>[];
  notice: NoticeTexts;
}>;

type Asked = Pick<AskEntity, 'detail' | 'parties' | 'items' | 'dropped' | 'acts' | 'expiresAt'> &
  Readonly<{ notice: Notice }>;

/** The words every part of the page draws on. */
function vocabulary(ask: Asked, language: Language) {
  const { detail, parties } = ask;
  const { purposes } = t(language);
  const notice = ask.notice.texts[language];
  const times = timesOf(detail, language);
  return {
    notice,
    recipient: parties.recipient.name[language],
    holder: parties.holder.name[language],
    record: parties.dataset.name[language],
    from: placeName(language, parties.holder.place),
    to: placeName(language, parties.recipient.place),
    purpose: notice.purposePhrase ?? inSentence(language, purposes[detail.purpose.code]),
    times,
  };
}
/** How often: in all, and within a period. */
function timesOf({ max_uses: n, frequency }: Asked['detail'], language: Language): string {
  const { ask: words } = t(language);
  const times = n === 1 ? words.once : fill(words.times, { n });
  return frequency === undefined ? times : fill(words.frequency[frequency.per], { times, n: frequency.uses });
}

type Vocabulary = ReturnType<typeof vocabulary> & Readonly<{ child: string }>;

/** By which power she answers for somebody: what was seen of it, and until when it holds. */
type Power = Pick<RepresentationEntity, 'kind' | 'proofKind' | 'validUntil'>;

/** Who reads the page, and whom it is about where that is somebody else. */
export type Names = Readonly<{ displayName: string; subjectName?: string | undefined; power?: Power | null }>;

/** Writes an ask in a language. The same ask and name give the same words, whenever they are asked for. */
export function wordsOf(ask: Asked, language: Language, names: Names): AskWords {
  const words = { ...vocabulary(ask, language), child: names.subjectName ?? names.displayName };
  const { notice, recipient, holder, record, from, to, times } = words;
  const { ask: labels } = t(language);
  const answerBy = momentOf(language, ask.expiresAt);
  const mode = ask.detail.mode === 'transfer' ? null : labels.modes[ask.detail.mode];
  const inText = {
    holder,
    recipient,
    from,
    record: inSentence(language, record),
    purpose: words.purpose,
  };
  const limit = { times: startSentence(times), date: formatDate(language, ask.detail.valid_until) };
  return {
    language,
    title: fill(mode?.question ?? notice.question, inText),
    kicker: [
      fill(labels.askedBy, { recipient }),
      ...readerOf(names, language),
      fill(labels.answerBy, { date: answerBy }),
    ],
    lead: joined(language, [
      fill(notice.limit, { ...limit, purpose: words.purpose }),
      ...(ask.detail.renews === undefined ? [] : [labels.renews]),
    ]),
    answerBy,
    ends: { holder: { name: holder, place: from }, receiver: { name: recipient, place: to } },
    spanLabel: `${record} · ${times}`,
    facts: factsOf(ask, language, words),
    itemsTitle: mode?.items ?? labels.items,
    mode: mode && fill(mode.how, inText),
    items: ask.items.map(({ id, name, sensitive, optional }) => ({ id, name: name[language], sensitive, optional })),
    range: rangeOf(ask.detail, language),
    leftOut: leftOutOf(ask, language),
    necessity: ask.items.some((item) => item.sensitive) ? fill(notice.necessity, inText) : null,
    acts: actsOf(ask, language, words),
    notice,
  };
}

/** Who reads the page, and for whom she answers, where that is somebody else. */
const readerOf = ({ displayName, subjectName, power }: Names, language: Language): string[] => [
  fill(t(language).ask.signedInAs, { name: displayName }),
  ...(power && subjectName !== undefined ? [mandateOf(power, subjectName, language)] : []),
];

/** For whom she answers, as what, by which proof, until when. */
function mandateOf({ kind, proofKind, validUntil }: Power, subject: string, language: Language): string {
  const { ask, role, proofs } = t(language);
  const proof = proofs[proofKind];
  return fill(ask.actingFor, { subject, role: role[kind], proof, date: formatDate(language, validUntil) });
}

/** Sentences one after the other. */
const joined = (language: Language, sentences: readonly string[]): string =>
  sentences.join(language.startsWith('zh') ? '' : ' ');

/** Day and minute of the Bay, as a sentence holds them. */
const momentOf = (language: Language, at: Date): string =>
  `${formatDate(language, at)}${language.startsWith('zh') ? ' ' : ', '}${formatTime(at)}`;

const listed = (language: Language, items: readonly ItemView[]): string =>
  items.map((item) => item.name[language]).join(language.startsWith('zh') ? '、' : ', ');

function factsOf({ detail, parties }: Asked, language: Language, words: Vocabulary): FactWords[] {
  const { facts } = t(language);
  const { notice, recipient, to } = words;
  const { contact, authority } = parties.recipient;
  return [
    { label: facts.recipient, value: language.startsWith('zh') ? `${recipient}（${to}）` : `${recipient}, ${to}` },
    { label: facts.contact, value: contact.role[language], mail: contact.email },
    { label: facts.purpose, value: purposeOf(detail, language, words), note: notice.importer },
    { label: facts.how, value: fill(notice.how, { recipient }) },
    { label: facts.keptUntil, value: fill(notice.kept, { date: formatDate(language, detail.retention_until) }) },
    { label: facts.rights, value: fill(notice.rights, { recipient, authority: authority[language] }) },
  ];
}

const leftOutOf = ({ dropped, notice }: Asked, language: Language): string | null =>
  dropped.length === 0 ? null : fill(notice.texts[language].leftOut, { items: listed(language, dropped) });

function rangeOf({ data_range: range }: Asked['detail'], language: Language): string | null {
  if (range === undefined) return null;
  const [from, to] = [range.from, range.to].map((day) => formatDate(language, day));
  return fill(t(language).ask.dataRange, { from: from ?? '', to: to ?? '' });
}

function purposeOf({ purpose }: Asked['detail'], language: Language, { notice, purpose: phrase }: Vocabulary): string {
  const stated = startSentence(phrase);
  const sentence =
    purpose.reference === undefined
      ? fill(notice.purpose, { purpose: stated })
      : fill(notice.purposeFor, { purpose: stated, reference: purpose.reference });
  if (purpose.code === 'direct-marketing') return sentence;
  return joined(language, [sentence, notice.notMarketing]);
}

function actsOf({ acts }: Asked, language: Language, words: Vocabulary): AskWords['acts'] {
  const { holder, recipient, purpose, from, to, child } = words;
  return acts.map(({ kind }) => {
    const { title, text, law } = t(language).acts[kind];
    return { kind, title, says: fill(text, { holder, recipient, purpose, from, to, child }), law };
  });
}
