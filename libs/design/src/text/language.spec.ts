import { LANGUAGES } from '@bayway/domain';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isLanguage, negotiateLanguage } from './language.js';
import { joinSentences, languageOf, localeOf } from './locale.js';

describe('negotiateLanguage', () => {
  it.each([
    ['zh-HK', 'zh-Hant'],
    ['zh-MO', 'zh-Hant'],
    ['zh-TW', 'zh-Hant'],
    ['zh-Hant-CN', 'zh-Hant'],
    ['yue', 'zh-Hant'],
    ['zh', 'zh-Hans'],
    ['zh-CN', 'zh-Hans'],
    ['zh-SG', 'zh-Hans'],
    ['zh-Hans-HK', 'zh-Hans'],
    ['pt', 'pt'],
    ['pt-PT', 'pt'],
    ['pt-BR', 'pt'],
    ['en-GB', 'en'],
    ['ZH-hk', 'zh-Hant'],
    ['fr', 'en'],
    ['ptolemaic', 'en'],
    ['', 'en'],
  ])('answers `%s` with %s, asked for either way', (tag, language) => {
    expect(negotiateLanguage(tag)).toBe(language);
    expect(negotiateLanguage(undefined, tag)).toBe(language);
  });

  it('takes the first of ui_locales that is ours', () => {
    expect(negotiateLanguage('fr-FR pt-PT en', 'zh-HK')).toBe('pt');
  });

  it('reads Accept-Language when no ui_locales tag is ours', () => {
    expect(negotiateLanguage('fr', 'de, zh-HK;q=0.8, en;q=0.9')).toBe('en');
    expect(negotiateLanguage(undefined, 'en;q=0.2,zh-MO;q=0.9,zh;q=0.8')).toBe('zh-Hant');
  });

  it('takes a weight of 0 as never', () => {
    expect(negotiateLanguage(undefined, 'pt;q=0, zh-CN;q=0.1')).toBe('zh-Hans');
  });

  it('always answers with a language of ours, whatever is sent', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 3000 }), fc.string({ maxLength: 3000 }), (locales, header) =>
        LANGUAGES.includes(negotiateLanguage(locales, header)),
      ),
    );
  });
});

describe('isLanguage', () => {
  it('is true for the four tags only', () => {
    expect(LANGUAGES.every(isLanguage)).toBe(true);
    expect(['zh', 'zh-hant', 'en-GB', '', undefined].some(isLanguage)).toBe(false);
  });
});

describe('localeOf', () => {
  it('gives Macao its own Traditional Chinese and shares all else', () => {
    expect(localeOf('zh-Hant', 'mo')).toBe('zh-Hant-MO');
    expect(localeOf('zh-Hant', 'hk')).toBe('zh-Hant');
    expect(localeOf('pt', 'mo')).toBe('pt');
    expect(languageOf('zh-Hant-MO')).toBe('zh-Hant');
  });
});

describe('joinSentences', () => {
  it('joins Han sentences with nothing between', () => {
    expect(joinSentences('zh-Hans', '一。', '二。')).toBe('一。二。');
    expect(joinSentences('pt', 'Um.', 'Dois.')).toBe('Um. Dois.');
  });
});
