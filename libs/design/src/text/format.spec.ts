import { describe, expect, it } from '@jest/globals';
import {
  countWord,
  formatDate,
  formatDateTime,
  formatNumber,
  formatTime,
  formatWhen,
  identityName,
  jurisdictionName,
  placeName,
} from './format.js';

describe('formatDate', () => {
  it('writes a calendar day in each language', () => {
    expect(formatDate('zh-Hant', '2026-11-22')).toBe('2026年11月22日');
    expect(formatDate('zh-Hans', '2027-04-30')).toBe('2027年4月30日');
    expect(formatDate('pt', '2026-11-22')).toBe('22 de Novembro de 2026');
    expect(formatDate('en', '2026-11-22')).toBe('22 November 2026');
  });

  it('reads an instant by the clock of the Bay', () => {
    expect(formatDate('en', '2026-12-31T16:00:00Z')).toBe('1 January 2027');
    expect(formatDate('en', new Date('2026-12-31T15:59:59Z'))).toBe('31 December 2026');
  });

  it('refuses what is no time', () => {
    expect(() => formatDate('en', 'tomorrow')).toThrow(RangeError);
  });
});

describe('formatDateTime', () => {
  it('gives the seconds on a 24-hour clock', () => {
    expect(formatDateTime('zh-Hant', '2026-11-21T07:42:08Z')).toBe('2026年11月21日 15:42:08');
    expect(formatDateTime('pt', '2026-11-21T07:42:08Z')).toBe('21 de Novembro de 2026, 15:42:08');
    expect(formatTime('2026-11-21T16:05:00Z')).toBe('00:05');
  });
});

describe('formatWhen', () => {
  const now = '2026-11-22T01:00:00Z';

  it.each([
    ['2026-11-21T16:00:00Z', '今日 00:00', 'today 00:00'],
    ['2026-11-21T15:59:00Z', '昨日 23:59', 'yesterday 23:59'],
    ['2026-11-19T02:05:00Z', '11月19日 10:05', '19 November 10:05'],
    ['2025-11-22T02:05:00Z', '2025年11月22日 10:05', '22 November 2025 10:05'],
  ])('says %s as %s and %s', (at, han, english) => {
    expect(formatWhen('zh-Hant', at, now)).toBe(han);
    expect(formatWhen('en', at, now)).toBe(english);
  });

  it('leaves out the year of now in Portuguese', () => {
    expect(formatWhen('pt', '2026-11-19T02:05:00Z', now)).toBe('19 de Novembro 10:05');
  });
});

describe('formatNumber', () => {
  it('groups by three with a narrow space', () => {
    expect(formatNumber('en', 1_204_318)).toBe('1\u202f204\u202f318');
    expect(formatNumber('zh-Hans', 999)).toBe('999');
    expect(formatNumber('en', -3204)).toBe('-3\u202f204');
  });

  it('writes the decimal mark of the language', () => {
    expect(formatNumber('pt', 1234.5)).toBe('1\u202f234,5');
    expect(formatNumber('zh-Hant', 0.25)).toBe('0.25');
  });
});

describe('countWord', () => {
  it('is a word to ten and figures beyond', () => {
    expect(countWord('en', 3)).toBe('Three');
    expect(countWord('zh-Hant', 2)).toBe('兩');
    expect(countWord('pt', 11)).toBe('11');
  });
});

describe('names of places', () => {
  it('are those of the pages for known cities', () => {
    expect(placeName('zh-Hant', 'CN-440300')).toBe('深圳');
    expect(placeName('zh-Hant-MO', 'MO')).toBe('澳門');
    expect(placeName('pt', 'MO')).toBe('Macau');
    expect(placeName('en', 'MO')).toBe('Macao');
  });

  it('say the Mainland and the code for a city without a page name', () => {
    expect(placeName('en', 'CN-110000')).toBe('the Mainland (110000)');
  });

  it('name other places of the world in the language', () => {
    expect(placeName('pt', 'PT')).toBe('Portugal');
    expect(placeName('zh-Hans', 'SG')).toBe('新加坡');
  });

  it('never set a place against China', () => {
    expect(jurisdictionName('zh-Hant', 'cn')).toBe('內地');
    expect(jurisdictionName('pt', 'cn')).toBe('Interior da China');
  });

  it('come with the identity their city signs in with, where known', () => {
    expect(identityName('en', 'HK')).toBe('iAM Smart');
    expect(identityName('zh-Hans', 'MO')).toBe('一户通');
    expect(identityName('zh-Hant', 'CN-440400')).toBe('廣東省統一身份認證');
    expect(identityName('en', 'CN-110000')).toBeNull();
  });
});
