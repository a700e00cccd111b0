import { LANGUAGES, type Jurisdiction, type Language, type RoutedDetail } from '@bayway/domain';
import { canonicalDigest } from '@bayway/envelope';
import { frame } from './frame.js';
import { importer } from './importer.js';
import { creditUnderwriting, general } from './subjects.js';
import type { FrameTexts, InLanguages, SubjectTexts } from './texts.js';

/** Any change of a text below is a new version; a spec holds each version to its digest. */
export const NOTICES_VERSION = 1;

/** What a notice says in one language. */
export type NoticeTexts = FrameTexts & SubjectTexts & Readonly<{ importer: string }>;

/** A notice for one dataset, purpose and corridor, complete in four languages. */
export type Notice = Readonly<{
  /** Such as `credit-report/credit-underwriting/cn-hk`. */
  id: string;
  version: number;
  /** Over the texts of all languages: the same notice for all who read it. */
  digest: string;
  texts: InLanguages<NoticeTexts>;
}>;

const SPECIFIC: Readonly<Record<string, InLanguages<SubjectTexts>>> = {
  'credit-report/credit-underwriting': creditUnderwriting,
};

const textsFor = (language: Language, subject: InLanguages<SubjectTexts>, to: Jurisdiction): NoticeTexts => ({
  ...frame[language],
  ...subject[language],
  importer: importer[language][to],
});

/** The notice in force for a request. */
export function noticeFor(
  detail: Pick<RoutedDetail, 'dataset' | 'exporter' | 'importer'> & { purpose: { code: string } },
): Notice {
  const about = `${detail.dataset}/${detail.purpose.code}`;
  const subject = SPECIFIC[about];
  const texts = Object.fromEntries(
    LANGUAGES.map((language) => [language, textsFor(language, subject ?? general, detail.importer)]),
  ) as Record<Language, NoticeTexts>;
  const id = `${subject ? about : 'general'}/${detail.exporter}-${detail.importer}`;
  return { id, version: NOTICES_VERSION, digest: canonicalDigest({ id, version: NOTICES_VERSION, texts }), texts };
}
