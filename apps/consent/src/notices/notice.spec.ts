import { describe, expect, it } from '@jest/globals';
import type { NoticeTexts } from '@bayway/contracts';
import { LANGUAGES, Purpose, type Language } from '@bayway/domain';
import { canonicalDigest } from '@bayway/envelope';
import { corridors } from '../../test/factories.js';
import { frame } from './frame.js';
import { importer } from './importer.js';
import { noticeFor, NOTICES_VERSION } from './notice.js';
import { refusals } from './refusals.js';
import { creditUnderwriting, general, ofCompany } from './subjects.js';

/** A published version never changes: a changed text is a new version, with its own line here. */
const PUBLISHED: Readonly<Record<number, string>> = {
  1: 'adPA15TeiLoOPcfS8C-YHvqddR3O6SnswXxVQGGfv9I',
};

const blanks = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([blank]) => blank).sort();
const about = (dataset: string, code: Purpose) => (exporter: string, to: string) =>
  noticeFor({ dataset, purpose: { code }, exporter, importer: to } as never);
const specific = about('credit-report', 'credit-underwriting');
const other = about('medical-record', 'treatment');
const company = about('business-registration', 'account-opening');

describe('notices', () => {
  it('are published in versions that never change', () => {
    const digest = canonicalDigest({ frame, importer, creditUnderwriting, general });
    expect(PUBLISHED[NOTICES_VERSION]).toBe(digest);
    // Of companies since it was added beside them; the others are as they were.
    expect(canonicalDigest({ ofCompany })).toBe('RcabFahtiIx5ueZj5vw_ZdaOPfvjy8hy9TNPWojs-QQ');
  });

  it.each(corridors)('exist in four languages with equal parts, from %s to %s', (from, to) => {
    for (const { texts } of [specific(from, to), other(from, to), company(from, to)]) {
      for (const language of LANGUAGES)
        for (const [part, text] of Object.entries(texts.en) as [keyof NoticeTexts, string | null][]) {
          const here = texts[language][part];
          expect(here === null).toBe(text === null);
          if (here === null || text === null) continue;
          expect(here.length).toBeGreaterThan(0);
          // The necessity of a credit report names the bank in Chinese, where the sentence needs its subject.
          if (part !== 'necessity') expect(blanks(here)).toEqual(blanks(text));
        }
    }
  });

  it('differ by corridor, so that the importer’s own law is told', () => {
    const all = corridors.map(([from, to]) => specific(from, to));
    expect(new Set(all.map(({ id }) => id)).size).toBe(corridors.length);
    expect(new Set(all.map(({ digest }) => digest)).size).toBe(corridors.length);
    expect(specific('cn', 'hk').texts.en.importer).toContain('Hong Kong law');
    expect(specific('cn', 'mo').texts.pt.importer).toContain('Lei de Macau');
  });

  it('fall back to general words where a dataset and purpose have none of their own', () => {
    expect(other('cn', 'hk').id).toBe('general/cn-hk');
    for (const code of Purpose.options)
      expect(about('credit-report', code)('cn', 'hk').texts.en.limit).toContain('You can say no');
  });

  it('keep sentences short: 20 words, 35 Han characters, and say no forbidden word', () => {
    const sentences = (language: Language, texts: object): string[] =>
      Object.values(texts as Record<string, string | null>)
        .filter((text) => text !== null)
        .flatMap((text) => text.split(/[.。？?；;]/))
        .map((text) => text.replace(/\{\w+\}/g, language.startsWith('zh') ? '某' : 'x'));
    for (const language of LANGUAGES) {
      const all = [specific('cn', 'hk'), other('mo', 'cn'), company('cn', 'mo')].flatMap(({ texts }) =>
        sentences(language, texts[language]),
      );
      const refused = Object.values(refusals[language]).flatMap((texts) => sentences(language, texts));
      for (const sentence of [...all, ...refused]) {
        const size = language.startsWith('zh')
          ? (sentence.match(/\p{Script=Han}/gu) ?? []).length
          : sentence.split(/\s+/).filter(Boolean).length;
        expect({ sentence, fits: size <= (language.startsWith('zh') ? 35 : 20) }).toEqual({ sentence, fits: true });
        expect(sentence).not.toMatch(/illegal|violation|blocked|denied|rejected|forbidden|違規|违规|非法|禁止|!|！/i);
      }
    }
  });
});
