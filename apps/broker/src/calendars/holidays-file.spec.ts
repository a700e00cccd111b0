import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { BrokerConfig } from '../config.js';
import { AnnouncedDays } from './announced-days.service.js';
import { workingDaysAfter } from './calendar.js';
import { readHolidays } from './holidays-file.js';
import { MAINLAND_DAYS } from './mainland-days.js';

const fileOf = async (content: unknown): Promise<string> => {
  const path = join(await mkdtemp(join(tmpdir(), 'holidays-')), 'holidays.json');
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
const announced = (file?: string) => new AnnouncedDays({ HOLIDAYS_FILE: file } as BrokerConfig);
/** An invented year far from any notice: 2 January 2096 is a Monday. */
const YEAR = { notice: 'invented', holidays: ['01-02', '01-03'], makeUpDays: ['01-07'] };

describe('HOLIDAYS_FILE', () => {
  it('is read as the guide shows it, and says what the release knows of that year', async () => {
    const guide = await readFile(new URL('../../../../docs/guides/enter-holidays.md', import.meta.url), 'utf8');
    const [, example = ''] = /```json\n([\s\S]*?)```/.exec(guide) ?? [];
    const years = await readHolidays(await fileOf(example));
    expect([...years.keys()]).toEqual([2026]);
    const { holidays = '', makeUpDays } = MAINLAND_DAYS[2026] ?? {};
    expect(years.get(2026)).toEqual({ holidays: holidays.replace(/\s+/g, ' '), makeUpDays });
  });

  it.each<[string, unknown, string]>([
    ['no JSON', 'x', 'cannot be read as JSON'],
    ['a year that is none', { '26': YEAR }, '#/26'],
    ['a member too many', { '2096': { ...YEAR, more: 1 } }, '#/2096'],
    ['a day that does not exist', { '2096': { ...YEAR, holidays: ['02-30'] } }, '#/2096/holidays/0: not a weekday'],
    [
      'a holiday on a weekend',
      { '2096': { ...YEAR, holidays: ['01-02', '01-07'] } },
      '#/2096/holidays/1: not a weekday',
    ],
    ['a weekday worked', { '2096': { ...YEAR, makeUpDays: ['01-04'] } }, '#/2096/makeUpDays/0: not a weekend day'],
  ])('with %s stops the start and names the place', async (_name, content, place) => {
    await expect(announced(await fileOf(content)).onModuleInit()).rejects.toThrow(`HOLIDAYS_FILE: ${place}`);
  });

  it('makes a year known; until then it is refused, and the log says so in words to act on', async () => {
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    try {
      expect(await workingDaysAfter('cn', '2096-01-01', 4)).toBeNull();
      const last = Math.max(...Object.keys(MAINLAND_DAYS).map(Number));
      await announced().check(`${last}-11-16`);
      expect(warn).not.toHaveBeenCalled();
      await announced().check(`${last}-11-17`);
      expect(warn.mock.calls).toEqual([
        [expect.stringMatching(`for ${last + 1} are not known: .*HOLIDAYS_FILE.*docs/guides/enter-holidays\\.md$`)],
      ]);
      warn.mockClear();
      const days = announced(await fileOf({ '2096': YEAR }));
      await days.onModuleInit();
      await days.check('2095-11-17');
      expect(warn).not.toHaveBeenCalled();
    } finally {
      warn.mockRestore();
    }
    expect(await workingDaysAfter('cn', '2096-01-01', 4)).toEqual({
      holidays: ['2096-01-02', '2096-01-03'],
      makeUpDays: ['2096-01-07'],
      lastDay: '2096-01-07',
    });
  });
});
