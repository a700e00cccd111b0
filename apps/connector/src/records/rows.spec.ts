import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkedRows, shaped, withinRange, withinRetention, yearsAfter } from './rows.js';

const item = {
  sql: 'select 1',
  columns: { who: 'text', since: 'date', until: 'date?', count: 'integer', open: 'boolean', share: 'number' },
  rows: 2,
};
const row = { who: 'x', since: '2024-02-29', until: null, count: 3, open: false, share: 0.5 };
const refusal = (rows: readonly object[]): unknown => {
  try {
    checkedRows('accounts', rows as never, item);
    return null;
  } catch (error) {
    return (error as { code: string; members: Record<string, unknown> }).members;
  }
};

describe('checkedRows', () => {
  it('accepts what the configuration declares', () => {
    expect(refusal([row, { ...row, until: '2025-01-01' }])).toBeNull();
  });

  it.each<[string, object]>([
    ['who', { ...row, who: 7 }],
    ['who', { ...row, who: 'x'.repeat(4_001) }],
    ['since', { ...row, since: null }],
    ['since', { ...row, since: '2023-02-29' }],
    ['since', { ...row, since: '29.02.2024' }],
    ['until', { ...row, until: 'soon' }],
    ['count', { ...row, count: 1.5 }],
    ['count', { ...row, count: '3' }],
    ['open', { ...row, open: 0 }],
    ['share', { ...row, share: Number.NaN }],
    ['more', { ...row, more: 1 }],
  ])('refuses another %s, and names it without its value', (column, wrong) => {
    expect(refusal([wrong])).toEqual({ item: 'accounts', column });
  });

  it('refuses a row without a declared column, and more rows than declared', () => {
    const { who: _who, ...without } = row;
    expect(refusal([without])).toEqual({ item: 'accounts', column: 'who' });
    expect(refusal([row, row, row])).toEqual({ item: 'accounts', detail: 'more than 2 rows' });
  });
});

describe('withinRetention', () => {
  const keep = { keep: { column: 'until', years: 5 } };
  const kept = (until: string | null, asOf: string) => withinRetention([{ until }], keep, asOf).length === 1;

  it('keeps a row to the fifth anniversary, which is still inside', () => {
    expect(kept('2020-03-10', '2025-03-10')).toBe(true);
    expect(kept('2020-03-10', '2025-03-11')).toBe(false);
    expect(kept('2020-02-29', '2025-02-28')).toBe(true);
    expect(kept('2020-02-29', '2025-03-01')).toBe(false);
  });

  it('keeps what has not ended, and everything where no period is set', () => {
    expect(kept(null, '2099-01-01')).toBe(true);
    expect(withinRetention([{ until: '1900-01-01' }], {}, '2099-01-01')).toHaveLength(1);
  });

  it('never brings a row back as days pass', () => {
    const day = fc
      .date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, day, day, (until, one, other) => {
        const [earlier, later] = [one, other].sort() as [string, string];
        return !kept(until, later) || kept(until, earlier);
      }),
    );
    fc.assert(fc.property(day, fc.integer({ min: 1, max: 50 }), (from, years) => yearsAfter(from, years) > from));
  });
});

describe('withinRange', () => {
  const range = { from: '2024-01-01', to: '2024-06-30' };
  const isKept = (row: object, dated: object, of: typeof range | null = range): boolean =>
    withinRange([row as never], { dated: dated as never }, of ?? undefined).length === 1;

  it.each([
    ['2023-12-31', false],
    ['2024-01-01', true],
    ['2024-06-30', true],
    ['2024-07-01', false],
    ['2023-12', false],
    ['2024-01', true],
    ['2024-06', true],
    ['2024-07', false],
    [null, false],
  ])('of a row of %s says %s', (day, kept) => expect(isKept({ day }, { from: 'day' })).toBe(kept));

  it('leaves out a month of which one day was not allowed', () => {
    expect(isKept({ day: '2024-06' }, { from: 'day' }, { from: '2024-01-01', to: '2024-06-29' })).toBe(false);
    expect(isKept({ day: '2024-02' }, { from: 'day' }, { from: '2024-02-01', to: '2024-02-29' })).toBe(true);
  });

  it.each([
    ['2010-01-01', '2023-12-31', false],
    ['2010-01-01', '2024-01-01', true],
    ['2010-01-01', null, true],
    ['2024-06-30', '2030-01-01', true],
    ['2024-07-01', null, false],
    [null, '2024-02-01', false],
  ])('of a row from %s to %s says %s', (from, to, kept) =>
    expect(isKept({ from, to }, { from: 'from', to: 'to' })).toBe(kept),
  );

  it('keeps what is of no time, and everything where all days are asked for', () => {
    expect(withinRange([{ name: 'x' }], {}, range)).toHaveLength(1);
    expect(isKept({ day: '1900-01-01' }, { from: 'day' }, null)).toBe(true);
  });

  it('never lets a day through that was not allowed', () => {
    const day = fc
      .date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, day, day, (of, one, other) => {
        const [from, to] = [one, other].sort() as [string, string];
        expect(isKept({ of }, { from: 'of' }, { from, to })).toBe(from <= of && of <= to);
      }),
    );
  });
});

describe('shaped', () => {
  it('is the row itself where one is allowed, else a list', () => {
    expect(shaped([row], { rows: 1 })).toEqual(row);
    expect(shaped([], { rows: 1 })).toBeNull();
    expect(shaped([], { rows: 2 })).toEqual([]);
  });
});
