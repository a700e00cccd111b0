import type { Jurisdiction, Language } from '@bayway/domain';

/** A text in each language; none is a translation of record. Words in `{braces}` are filled in. */
export type InLanguages<T> = Readonly<Record<Language, T>>;

/** What every notice says, whatever is asked (PIPL 17 and 39, PDPO DPP 1(3), Macao Law 8/2005 article 10). */
export type FrameTexts = Readonly<{
  /** How often, until when, what for: `{times}` `{date}` `{purpose}`. */
  limit: string;
  /** The purpose alone, `{purpose}`, and with the partner's reference, `{reference}`. */
  purpose: string;
  purposeFor: string;
  notMarketing: string;
  /** `{recipient}` */
  how: string;
  /** `{date}` */
  kept: string;
  /** `{recipient}` `{authority}` */
  rights: string;
  nothingElse: string;
  /** `{items}`, which a rule took out of the request. */
  leftOut: string;
  /** What agreeing leads to: where she sees each use, and how she ends it. */
  ifYes: string;
}>;

/** What depends on the dataset and the purpose. */
export type SubjectTexts = Readonly<{
  /** The question of the page: `{recipient}` `{from}` `{record}`. */
  question: string;
  /** What it is for, as it stands inside a sentence, or null for the purpose's general name. */
  purposePhrase: string | null;
  /** Why sensitive items are needed and what they may do to her (PIPL 30): `{recipient}` `{purpose}`. */
  necessity: string;
}>;

/** The importer's own notice: what the law of the recipient's place adds. */
export type ImporterTexts = Readonly<Record<Jurisdiction, string>>;
