import { LANGUAGES, type Language } from '@bayway/domain';
import { describe, expect, it } from '@jest/globals';
import { fill, inSentence, messages, startSentence, t } from './messages.js';
import { PHRASE_BREAK } from './phrases.js';

/** Every text of a dictionary by its path, such as `button.allow`. */
function textsOf(words: unknown, path = ''): Map<string, string> {
  if (typeof words === 'string') return new Map([[path, words]]);
  const below = Object.entries(words as object).flatMap(([key, value]) => [
    ...textsOf(value, path ? `${path}.${key}` : key),
  ]);
  return new Map(below);
}

const texts = Object.fromEntries(LANGUAGES.map((language) => [language, textsOf(messages[language])])) as Record<
  Language,
  Map<string, string>
>;
const others = LANGUAGES.filter((language) => language !== 'en');
const placeholders = (text = ''): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort();

/** Names and marks that are the same in two languages. */
const SAME_AS_ENGLISH: Readonly<Record<string, readonly Language[]>> = {
  'page.textMark': ['pt'],
  'place.hk': ['pt'],
  'identity.iamsmart': ['pt'],
  'acts.provision.law': ['zh-Hant', 'zh-Hans', 'pt'],
};

describe('the dictionaries', () => {
  it.each(others)('have in %s exactly the keys of English', (language) => {
    expect([...texts[language].keys()].sort()).toEqual([...texts.en.keys()].sort());
  });

  it.each(others)('name in %s the same values as English', (language) => {
    const differing = [...texts.en].filter(
      ([key, text]) => String(placeholders(text)) !== String(placeholders(texts[language].get(key))),
    );
    expect(differing).toEqual([]);
  });

  it.each(others)('repeat no English in %s, but for listed names', (language) => {
    const repeated = [...texts.en].filter(([key, text]) => texts[language].get(key) === text).map(([key]) => key);
    const listed = Object.keys(SAME_AS_ENGLISH).filter((key) => SAME_AS_ENGLISH[key]?.includes(language));
    expect(repeated.sort()).toEqual(listed.sort());
  });

  it('leave no text empty but the article of the one act that many laws ask for', () => {
    for (const language of LANGUAGES) {
      expect([...texts[language]].filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([
        'acts.provision.law',
      ]);
    }
  });

  it.each(LANGUAGES)('keep to the rules for words in %s', (language) => {
    const never: Record<Language, readonly string[]> = {
      'zh-Hant': ['立即授權', '放棄', '您確定要拒絕嗎', '無法享用', '大陸', '中港', '違規', '非法', '禁止', '你'],
      'zh-Hans': ['立即授权', '残忍拒绝', '无法享受', '您确定要拒绝吗', '大陆', '违规', '非法', '禁止', '你'],
      pt: ['Aceitar tudo', 'Perder acesso', 'Tem a certeza', 'ilegal', 'você'],
      en: ['Accept all', 'You will lose', 'blocked', 'illegal', 'denied', 'rejected', 'overseas', 'abroad', 'simply'],
    };
    const breaking = [...texts[language]].filter(
      ([, text]) => /[!！]/.test(text) || never[language].some((word) => text.includes(word)),
    );
    expect(breaking).toEqual([]);
  });

  it('write no Traditional form in Simplified Chinese nor the other way round', () => {
    const traditional = /[個資訊請選擇這裏裡為與對會後說開關時間無類讓應該聯絡據實際誰麼條遞錄簽]/u;
    const simplified = /[个资讯请选择这为与对会后说开关时间无类让应该联络据实际谁么条递录签]/u;
    for (const [key, text] of texts['zh-Hans']) expect(`${key} ${text.replace(/后/g, '')}`).not.toMatch(traditional);
    for (const [key, text] of texts['zh-Hant']) expect(`${key} ${text}`).not.toMatch(simplified);
  });

  it.each(LANGUAGES)('give both answers of a pair one weight in %s', (language) => {
    const { button, act } = t(language);
    const pairs = [
      [button.allow, button.doNotAllow],
      [act.agree, act.disagree],
      [button.sendAnswers, button.agreeToNone],
      [button.confirmWithdraw, button.keep],
    ] as const;
    for (const [yes, no] of pairs) expect(Math.abs(yes.length - no.length)).toBeLessThanOrEqual(10);
  });

  it('mark phrases only in Han titles', () => {
    for (const language of ['pt', 'en'] as const) {
      expect([...texts[language].values()].join('')).not.toContain(PHRASE_BREAK);
    }
  });
});

describe('t', () => {
  it('writes Traditional Chinese for Macao in Macao’s form and leaves official titles alone', () => {
    const macao = t('zh-Hant-MO');
    expect(macao.button.thisIsWrong).toBe('這裡有錯');
    expect(macao.button.getMyRecord).toBe('取得我的記錄');
    expect(macao.purposes['account-opening']).toBe('開立賬戶');
    expect(macao.categories['social-insurance']).toBe('社會保障記錄');
    expect(macao.law.pdpo).toBe('《個人資料（私隱）條例》（第486章）');
    expect(t('zh-Hant').button.thisIsWrong).toBe('這裏有錯');
  });
});

describe('fill', () => {
  it('puts values in the place of their names, once, as text', () => {
    expect(fill('{a} and {b}, {a}', { a: '{b}', b: 2 })).toBe('{b} and 2, {b}');
  });

  it('refuses to leave a hole', () => {
    expect(() => fill('Ends in {n} days', {})).toThrow('no value for {n}');
  });
});

describe('labels inside sentences', () => {
  it('lower the first letter where the language does', () => {
    expect(inSentence('en', 'Credit report')).toBe('credit report');
    expect(inSentence('pt', 'Análises ao sangue')).toBe('análises ao sangue');
    expect(inSentence('zh-Hant', '信貸報告')).toBe('信貸報告');
  });

  it('leave an acronym as it is', () => {
    expect(inSentence('en', 'HKID copy')).toBe('HKID copy');
  });

  it('are raised at the start of a sentence', () => {
    expect(startSentence('up to 3 times')).toBe('Up to 3 times');
    expect(startSentence('à espera')).toBe('À espera');
  });
});
