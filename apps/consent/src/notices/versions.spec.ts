import { describe, expect, it } from '@jest/globals';
import { NoticeId, type NoticeTexts } from '@bayway/contracts';
import { LANGUAGES, Purpose } from '@bayway/domain';
import { corridors } from '../../test/factories.js';
import { changedParts, materialityOf } from './materiality.js';
import { aboutOf, noticeFor } from './notice.js';
import { faultsOf } from './parity.js';
import type { InLanguages } from './texts.js';

const id = 'credit-report/credit-underwriting/cn-hk';
const texts = noticeFor(aboutOf(id)).texts;
const withPart = (
  part: keyof NoticeTexts,
  text: string | null,
  languages: readonly string[] = LANGUAGES,
): InLanguages<NoticeTexts> =>
  Object.fromEntries(
    LANGUAGES.map((language) => [
      language,
      languages.includes(language) ? { ...texts[language], [part]: text } : texts[language],
    ]),
  ) as InLanguages<NoticeTexts>;

describe('a notice', () => {
  it('is named by what it is about, and found again by its name', () => {
    for (const [from, to] of corridors)
      for (const code of Purpose.options) {
        const about = { dataset: 'credit-report', purpose: { code }, exporter: from, importer: to } as const;
        const notice = noticeFor(about as never);
        expect(NoticeId.safeParse(notice.id).success).toBe(true);
        expect(noticeFor(aboutOf(notice.id)).id).toBe(notice.id);
      }
  });

  it.each(['../x', 'credit-report/x/cn-hk', 'general/cn-uk', 'general'])('has no such name: %s', (name) =>
    expect(NoticeId.safeParse(name).success).toBe(false),
  );
});

describe('parity', () => {
  it('holds for what is built in', () => {
    expect(faultsOf(texts)).toEqual([]);
    expect(faultsOf(noticeFor(aboutOf('general/mo-hk')).texts)).toEqual([]);
  });

  it.each(LANGUAGES)('is broken without %s', (language) => {
    const { [language]: _left, ...rest } = texts;
    expect(faultsOf(rest)).toContainEqual({ language, part: '*', fault: 'language is missing' });
  });

  it.each([
    [
      'a part is missing',
      withPart('how', undefined as never, ['pt']),
      { language: 'pt', part: 'how', fault: 'part is missing' },
    ],
    ['a part is empty', withPart('kept', ' ', ['zh-Hant']), { language: 'zh-Hant', part: 'kept', fault: 'is empty' }],
    [
      'a part is more than there is',
      withPart('more' as never, 'x', ['en']),
      { language: 'en', part: 'more', fault: 'is no part of a notice' },
    ],
    [
      'a date is lost in one language',
      withPart('kept', '按法律刪除。', ['zh-Hant']),
      { language: 'zh-Hant', part: 'kept', fault: 'differs from English in what is filled in' },
    ],
    [
      'a text names what cannot be filled in',
      withPart('how', '{secret}'),
      { language: 'en', part: 'how', fault: 'names what cannot be filled in' },
    ],
    [
      'a phrase stands in one language only',
      withPart('purposePhrase', null, ['en']),
      { language: 'pt', part: 'purposePhrase', fault: 'stands in some languages only' },
    ],
  ] as const)('is broken when %s', (_name, drafted, fault) => expect(faultsOf(drafted)).toContainEqual(fault));
});

describe('materiality', () => {
  it.each([
    ['purposePhrase', 'purpose'],
    ['purpose', 'purpose'],
    ['notMarketing', 'purpose'],
    ['necessity', 'purpose'],
    ['how', 'method'],
    ['nothingElse', 'categories'],
    ['leftOut', 'categories'],
    ['question', 'recipient'],
    ['importer', 'place'],
  ] as const)('asks again when `%s` says something else, in whichever language: %s', (part, matter) => {
    for (const language of LANGUAGES)
      expect(materialityOf(texts, withPart(part, 'something else', [language]))).toEqual({
        materiality: 'ask-again',
        matters: [matter],
      });
  });

  it.each(['limit', 'kept', 'rights', 'ifYes'] as const)('informs when `%s` says something else', (part) => {
    expect(materialityOf(texts, withPart(part, 'something else'))).toEqual({ materiality: 'inform', matters: [] });
  });

  it('does nothing for what only looks different', () => {
    expect(materialityOf(texts, texts)).toEqual({ materiality: 'nothing', matters: [] });
    const how = texts.en.how.replace('; only', ': Only').replace(' ', '  ');
    expect(how).not.toBe(texts.en.how);
    expect(materialityOf(texts, withPart('how', how, ['en']))).toEqual({ materiality: 'nothing', matters: [] });
  });

  it('names every matter once, the most far-reaching change deciding', () => {
    const both = withPart('how', 'by hand');
    const all = Object.fromEntries(
      LANGUAGES.map((l) => [l, { ...both[l], question: 'x', kept: 'y' }]),
    ) as InLanguages<NoticeTexts>;
    expect(materialityOf(texts, all)).toEqual({ materiality: 'ask-again', matters: ['method', 'recipient'] });
    expect(changedParts(texts, all).sort()).toEqual(['how', 'kept', 'question']);
  });
});
