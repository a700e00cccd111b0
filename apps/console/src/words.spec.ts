import { describe, expect, it } from '@jest/globals';
import { LANGUAGES, type Language } from '@bayway/domain';
import { words as ofConsole } from '../web/words/index.js';
import { words as ofPortal } from './portal/words/index.js';

type Texts = Readonly<Record<Language, Readonly<Record<string, string>>>>;
const DICTIONARIES: readonly (readonly [string, Texts])[] = [
  ['console', ofConsole],
  ['portal', ofPortal],
];
const others = LANGUAGES.filter((language) => language !== 'en');

/** Words that are the same in English and Portuguese, and names. */
const SAME_AS_ENGLISH: readonly string[] = [];

/** How Hong Kong and the Mainland name the same thing; neither writes the other's word. */
const TERMS: readonly (readonly [hongKong: string, mainland: string])[] = [
  ['信貸報告', '信用报告'],
  ['登入', '登录'],
  ['登出', '退出登录'],
  ['列印', '打印'],
  ['戶口', '账户'],
  ['按揭', '房贷'],
  ['私隱', '隐私'],
  ['電郵', '电子邮件'],
  ['收據', '回执'],
];
/** The same in the other's letters: what a mere conversion of letters would write. */
const CONVERTED: Readonly<Record<'zh-Hant' | 'zh-Hans', readonly string[]>> = {
  'zh-Hant': ['信用報告', '登錄', '打印', '賬戶', '房貸', '隱私', '回執', '鏈接', '運行正常', '核驗', '用戶'],
  'zh-Hans': ['信贷报告', '登入', '登出', '列印', '户口', '按揭', '私隐', '收据', '连结'],
};

describe.each(DICTIONARIES)('the words of the %s', (_name, texts) => {
  it.each(others)('repeat no English in %s, but for listed ones', (language) => {
    const same = Object.entries(texts.en).filter(([key, text]) => texts[language][key] === text && /\p{L}/u.test(text));
    expect(same.map(([key]) => key).filter((key) => !SAME_AS_ENGLISH.includes(key))).toEqual([]);
  });

  it.each(others)('fill in the same values in %s', (language) => {
    const values = (text = ''): string => [...text.matchAll(/\{+\w+\}+/g)].map(String).sort().join();
    const differing = Object.entries(texts.en).filter(([key, text]) => values(text) !== values(texts[language][key]));
    expect(differing.map(([key]) => key)).toEqual([]);
  });

  it('write Hong Kong’s terms in zh-Hant and the Mainland’s in zh-Hans, neither converted from the other', () => {
    const found = (['zh-Hant', 'zh-Hans'] as const).flatMap((language) => {
      const place = language === 'zh-Hant' ? 1 : 0;
      const foreign = TERMS.map((pair) => pair[place]);
      const never = [...CONVERTED[language], ...foreign];
      return Object.entries(texts[language]).flatMap(([key, text]) =>
        never.filter((term) => text.includes(term)).map((term) => `${language} ${key}: ${term}`),
      );
    });
    expect(found).toEqual([]);
  });

  it('write no Traditional form in Simplified Chinese nor the other way round', () => {
    const traditional = /[個資訊請選擇這裏裡為與對會說開關時間無類讓應該聯絡據實際誰麼條遞錄簽證規則達]/u;
    const simplified = /[个资讯请选择这为与对会说开关时间无类让应该联络据实际谁么条递录签证规则达]/u;
    for (const [key, text] of Object.entries(texts['zh-Hans'])) expect(`${key} ${text}`).not.toMatch(traditional);
    for (const [key, text] of Object.entries(texts['zh-Hant'])) expect(`${key} ${text}`).not.toMatch(simplified);
  });

  it.each(LANGUAGES)('keep to the rules for words in %s', (language) => {
    const never: Record<Language, readonly string[]> = {
      'zh-Hant': ['大陸', '中港', '違規', '非法', '禁止', '你'],
      'zh-Hans': ['大陆', '违规', '非法', '禁止', '你'],
      pt: ['ilegal', 'você'],
      en: ['blocked', 'illegal', 'denied', 'rejected', 'overseas', 'abroad', 'simply'],
    };
    const breaking = Object.entries(texts[language]).filter(
      ([, text]) => /[!！]/.test(text) || never[language].some((word) => text.toLowerCase().includes(word)),
    );
    expect(breaking).toEqual([]);
  });
});
