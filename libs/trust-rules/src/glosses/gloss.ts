import type { Text } from '../packs/pack.js';

/** A gloss as the tables write it: English, Chinese for Hong Kong and Macao, Chinese for the Mainland, Portuguese. */
export type Row = readonly [en: string, hant: string, hans: string, pt: string];

/** Turns a table of rows into texts by language. */
export const glossary = <Code extends string>(rows: Readonly<Record<Code, Row>>): Readonly<Record<Code, Text>> =>
  Object.fromEntries(
    Object.entries<Row>(rows).map(([code, [en, hant, hans, pt]]) => [
      code,
      { en, 'zh-Hant': hant, 'zh-Hans': hans, pt },
    ]),
  ) as Record<Code, Text>;
