import type { Materiality, Matter, NoticeTexts } from '@bayway/contracts';
import { LANGUAGES } from '@bayway/domain';
import type { InLanguages } from './texts.js';

/**
 * What each part of a notice tells of. Purpose, method, categories, recipient and place are what she agreed to: a change
 * asks for her consent again (PIPL 14(2); standard contract of the Bay, article 3; PDPO DPP 3). Of any other change she is
 * told (PIPL 17(2)).
 */
const MATTERS: Readonly<Record<keyof NoticeTexts, Matter | null>> = {
  question: 'recipient',
  purposePhrase: 'purpose',
  purpose: 'purpose',
  purposeFor: 'purpose',
  notMarketing: 'purpose',
  necessity: 'purpose',
  how: 'method',
  nothingElse: 'categories',
  leftOut: 'categories',
  importer: 'place',
  limit: null,
  kept: null,
  rights: null,
  ifYes: null,
};

/** A text without what only looks: spaces, punctuation, case, width. */
const bare = (text: string | null): string | null =>
  text === null
    ? null
    : text
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[\s\p{P}]/gu, '');

/** Parts that say something else in at least one language. */
export const changedParts = (
  before: InLanguages<NoticeTexts>,
  after: InLanguages<NoticeTexts>,
): (keyof NoticeTexts)[] =>
  (Object.keys(MATTERS) as (keyof NoticeTexts)[]).filter((part) =>
    LANGUAGES.some((language) => bare(before[language][part]) !== bare(after[language][part])),
  );

/** What a change of a notice asks for, and about which matters. */
export function materialityOf(
  before: InLanguages<NoticeTexts>,
  after: InLanguages<NoticeTexts>,
): { materiality: Materiality; matters: Matter[] } {
  const parts = changedParts(before, after);
  const matters = [...new Set(parts.flatMap((part) => MATTERS[part] ?? []))].sort();
  if (matters.length > 0) return { materiality: 'ask-again', matters };
  return { materiality: parts.length > 0 ? 'inform' : 'nothing', matters };
}
