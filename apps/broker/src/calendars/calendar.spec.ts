import { describe, expect, it } from '@jest/globals';
import type { Jurisdiction } from '@bayway/domain';
import { decide, Facts } from '@bayway/trust-rules';
import fc from 'fast-check';
import { dayAfter, workingDaysAfter } from './calendar.js';
import { daysOfYear } from './days-of-year.js';
import { MAINLAND_DAYS } from './mainland-days.js';

const listed = async (side: Jurisdiction, year: number): Promise<string[]> =>
  [...((await daysOfYear(side, year))?.holidays ?? [])].map((day) => day.slice(5)).sort();

describe('the days of a year', () => {
  it('are announced for the Mainland: the National Day week of 2026 and the days worked for it', async () => {
    const days = await daysOfYear('cn', 2026);
    expect([...(days?.holidays ?? [])].filter((day) => day.startsWith('2026-10'))).toEqual(
      ['01', '02', '05', '06', '07'].map((day) => `2026-10-${day}`),
    );
    expect([...(days?.makeUpDays ?? [])].slice(-2)).toEqual(['2026-09-20', '2026-10-10']);
  });

  it('are no guess where no notice is known', async () => {
    const last = Math.max(...Object.keys(MAINLAND_DAYS).map(Number));
    expect(await daysOfYear('cn', last + 1)).toBeNull();
    expect(await daysOfYear('cn', 2019)).toBeNull();
  });

  it.each(Object.keys(MAINLAND_DAYS).map(Number))(
    'of the Mainland are weekdays off and weekend days worked: %i',
    (year) => {
      const weekday = (day: string): number => new Date(`${year}-${day}`).getUTCDay();
      const { holidays, makeUpDays } = MAINLAND_DAYS[year] ?? { holidays: '', makeUpDays: '' };
      expect(holidays.split(/\s+/).filter((day) => [0, 6].includes(weekday(day)))).toEqual([]);
      expect(makeUpDays.split(/\s+/).filter((day) => ![0, 6].includes(weekday(day)))).toEqual([]);
    },
  );

  it('are those of the Gazette for Hong Kong, Sundays moved', async () => {
    expect(await listed('hk', 2026)).toEqual(
      [
        '01-01',
        '02-17',
        '02-18',
        '02-19',
        '04-03',
        '04-04',
        '04-06',
        '04-07',
        '05-01',
        '05-25',
        '06-19',
        '07-01',
      ].concat(['09-26', '10-01', '10-19', '12-25', '12-26']),
    );
  });

  it('are those of Executive Order 60/2000 for Macao', async () => {
    expect(await listed('mo', 2026)).toEqual(
      [
        '01-01',
        '02-17',
        '02-18',
        '02-19',
        '04-03',
        '04-04',
        '04-05',
        '05-01',
        '05-24',
        '06-19',
        '09-26',
        '10-01',
      ].concat(['10-02', '10-18', '11-02', '12-08', '12-20', '12-22', '12-24', '12-25']),
    );
  });
});

describe('working days after a day', () => {
  it.each<[Jurisdiction, string, string]>([
    ['cn', '2026-09-24', '2026-10-15'],
    ['hk', '2026-09-24', '2026-10-09'],
    ['mo', '2026-09-24', '2026-10-12'],
    ['cn', '2026-02-10', '2026-03-02'],
    ['cn', '2026-01-05', '2026-01-19'],
  ])('of %s after %s: the tenth is %s', async (side, after, lastDay) => {
    expect((await workingDaysAfter(side, after, 10))?.lastDay).toBe(lastDay);
  });

  it('are not known when they lead into a year that is not known', async () => {
    const last = Math.max(...Object.keys(MAINLAND_DAYS).map(Number));
    expect(await workingDaysAfter('cn', `${last}-12-10`, 10)).toMatchObject({ lastDay: `${last}-12-24` });
    expect(await workingDaysAfter('cn', `${last}-12-25`, 10)).toBeNull();
    expect(await workingDaysAfter('hk', `${last}-12-25`, 10)).not.toBeNull();
  });

  it('are the ones that the rules count: the due day of a filing follows from the calendar', async () => {
    const anyDay = fc.integer({ min: 0, max: 900 }).map((days) => dayAfter('2024-06-01', days));
    const parties = { hk: 'HK', mo: 'MO', cn: 'CN-440300' } as const;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('hk', 'mo', 'cn'), anyDay, async (side, effectiveOn) => {
        const span = await workingDaysAfter(side, effectiveOn, 10);
        if (!span) return;
        const { lastDay, ...calendar } = span;
        const [exporter, importer] = side === 'mo' ? [parties.mo, parties.cn] : [parties.cn, parties.hk];
        const facts = Facts.parse({
          ...{ asOf: dayAfter(effectiveOn, 1), channel: 'transfer', purpose: { code: 'account-opening' }, calendar },
          exporter: { place: exporter, sector: 'banking' },
          importer: { place: importer, sector: 'banking' },
          instrument: { kind: side === 'mo' ? 'gba-sc-mo' : 'gba-sc-hk', effectiveOn },
        });
        const due = decide(facts).obligations.find(({ code }) => code === 'file-contract-by')?.due;
        if (facts.asOf >= '2024-09-10' || side !== 'mo') expect(due).toBe(lastDay);
      }),
    );
  });
});
