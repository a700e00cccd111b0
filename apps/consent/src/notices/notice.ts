import type { NoticeTexts } from '@bayway/contracts';
import { LANGUAGES, type Jurisdiction, type Language, type RoutedDetail } from '@bayway/domain';
import { canonicalDigest } from '@bayway/envelope';
import { frame } from './frame.js';
import { importer } from './importer.js';
import { creditUnderwriting, general, ofCompany } from './subjects.js';
import type { InLanguages, SubjectTexts } from './texts.js';

/** Any change of a text below is a new version; a spec holds each version to its digest. */
export const NOTICES_VERSION = 1;

/** A notice for one dataset, purpose and corridor, complete in four languages. */
export type Notice = Readonly<{
  /** Such as `credit-report/credit-underwriting/cn-hk`. */
  id: string;
  version: number;
  /** Over the texts of all languages: the same notice for all who read it. */
  digest: string;
  texts: InLanguages<NoticeTexts>;
}>;

/** What a notice depends on. */
export type About = Pick<RoutedDetail, 'dataset' | 'exporter' | 'importer'> & { purpose: { code: string } };

const SPECIFIC: Readonly<Record<string, InLanguages<SubjectTexts>>> = {
  'credit-report/credit-underwriting': creditUnderwriting,
  'business-registration/account-opening': ofCompany,
  'enterprise-credit-report/account-opening': ofCompany,
  'enterprise-credit-report/credit-underwriting': ofCompany,
};

const textsFor = (language: Language, subject: InLanguages<SubjectTexts>, to: Jurisdiction): NoticeTexts => ({
  ...frame[language],
  ...subject[language],
  importer: importer[language][to],
});

/** Whether a notice of this name was written by hand; the others are the general one. */
export const isBuiltIn = (id: string): boolean => Object.keys(SPECIFIC).some((about) => id.startsWith(`${about}/`));

/** What a notice's name says that it is about. */
export function aboutOf(id: string): About {
  const parts = id.split('/');
  const [exporter, importer] = (parts.at(-1) ?? '').split('-') as [Jurisdiction, Jurisdiction];
  // The general notice is of no dataset and purpose; any pair without a notice of its own stands for it.
  const [dataset, code] = parts.length === 3 ? (parts as [string, string]) : ['general', 'public-service'];
  return { dataset, purpose: { code }, exporter, importer } as About;
}

/** The built-in notice for a request: version 1, in force until one is published. */
export function noticeFor(detail: About): Notice {
  const about = `${detail.dataset}/${detail.purpose.code}`;
  const subject = SPECIFIC[about];
  const texts = Object.fromEntries(
    LANGUAGES.map((language) => [language, textsFor(language, subject ?? general, detail.importer)]),
  ) as Record<Language, NoticeTexts>;
  const id = `${subject ? about : 'general'}/${detail.exporter}-${detail.importer}`;
  return { id, version: NOTICES_VERSION, digest: canonicalDigest({ id, version: NOTICES_VERSION, texts }), texts };
}
