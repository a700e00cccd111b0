import { describe, expect, it } from '@jest/globals';
import { Refusal } from '@bayway/contracts';
import { renderFragment } from '@bayway/design';
import { LANGUAGES, type Language } from '@bayway/domain';
import { agency, bank } from '../../test/factories.js';
import { RefusedPage, refusedTitle, type RefusedProps } from './refused-page.js';

const parties = {
  holder: { ...agency, place: 'CN-330100' },
  recipient: bank,
  dataset: {
    id: 'credit-report',
    name: { 'zh-Hant': '信貸報告', 'zh-Hans': '信用报告', pt: 'Relatório de crédito', en: 'Credit report' },
  },
} as RefusedProps['parties'];
const codes = Refusal.shape.code.options;
const propsOf = (code: Refusal['code'], language: Language, over: Partial<Refusal> = {}): RefusedProps => ({
  refusal: { code, jurisdiction: 'cn', rule: 'CN.PIPL.38', article: 'art 38', reasons: [], ...over },
  parties,
  language,
});
const render = (...of: Parameters<typeof propsOf>): string => renderFragment(<RefusedPage {...propsOf(...of)} />);

describe('an answer that is not yes', () => {
  it.each(codes)('is told in four languages, about the transfer and never about her: %s', (code) => {
    const pages = LANGUAGES.map((language) => render(code, language));
    expect(new Set(pages).size).toBe(4);
    for (const html of pages) {
      expect(html).not.toMatch(/\{\w+\}|<form|<script|style=|role="alert"/);
      expect(html.match(/<h1/g)).toHaveLength(1);
      expect(html).not.toMatch(/illegal|violation|blocked|denied|rejected|forbidden|違規|违规|非法|禁止/i);
    }
  });

  it('opens the bridge and shows the boat only where the transfer itself is not lawful', () => {
    for (const code of codes) {
      const unlawful = code === 'request-not-lawful';
      expect(render(code, 'en').includes('span--unlawful')).toBe(unlawful);
      expect(render(code, 'en').includes('tag--bar')).toBe(unlawful);
    }
    expect(refusedTitle(propsOf('request-not-lawful', 'en'))).toBe(
      'Credit report: cannot be sent straight from Hangzhou to Hong Kong. You can carry it yourself.',
    );
  });

  it('cites the article in her language, folded', () => {
    const html = render('request-not-lawful', 'zh-Hant');
    expect(html).toContain('<details');
    expect(html).toContain('第三十八條');
    expect(render('request-not-lawful', 'en', { rule: null })).not.toContain('<details');
  });

  it('says which step is missing, and leaves out a code it has no words for', () => {
    const html = render('request-not-permitted-yet', 'en', { reasons: ['impact-assessment', 'no-such-step'] });
    expect(html.match(/<li>/g)).toHaveLength(1);
    expect(html).not.toContain('no-such-step');
  });
});
