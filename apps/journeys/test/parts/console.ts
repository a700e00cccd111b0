import { expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { System } from '../../src/system.js';
import { axe, signInAtCity } from './main-job.js';
import { give, watch } from './portal.js';

const LANGUAGES = ['zh-Hant', 'zh-Hans', 'pt', 'en'] as const;
/** Each section, and who may open it. */
const SECTIONS = {
  '': ['steers', 'looks', 'writes', 'operates'],
  consents: ['steers', 'looks'],
  bulk: ['steers', 'looks'],
  requests: ['steers', 'looks', 'writes', 'operates'],
  notices: ['steers', 'looks', 'writes'],
  rules: ['writes', 'looks'],
  'rules/CN.PIPL.38': ['writes', 'looks'],
  simulator: ['writes', 'looks'],
  instruments: ['writes', 'looks'],
  participants: ['steers', 'looks', 'writes', 'operates'],
  'participants/pengwan-credit': ['steers', 'looks', 'writes', 'operates'],
  statements: ['steers', 'looks', 'writes', 'operates'],
  evidence: ['steers', 'looks', 'writes', 'operates'],
  health: ['operates', 'looks'],
  letters: ['operates', 'looks'],
} as const;
/** Administrators of the Mainland in the local run; the first steers consents and writes rules, the second keeps it running. */
const PEOPLE = {
  both: { login: 'zhou.jianhua', city: 'shenzhen', may: ['steers', 'writes'] },
  second: { login: 'liang.xiaotong', city: 'zhuhai', may: ['steers', 'operates'] },
  regulator: { login: 'shen.yuning', city: 'hangzhou', may: ['looks'] },
} as const;
type Who = keyof typeof PEOPLE;
const mayOpen = (who: Who, may: readonly string[]): boolean => PEOPLE[who].may.some((role) => may.includes(role));

/** The administrators' console in a browser, with real tokens, over a consent that was really given. */
export function administrators(system: () => System, browser: () => Browser): void {
  const pages = new Map<Who, Page>();
  const faults: string[] = [];
  const at = (path: string): string => `${system().console.cn}/console/${path}`;

  async function open(who: Who): Promise<Page> {
    const known = pages.get(who);
    if (known) return known;
    const context: BrowserContext = await browser().newContext({
      locale: 'en-GB',
      viewport: { width: 1440, height: 900 },
    });
    watch(context, faults);
    const page = await context.newPage();
    await page.goto(at('?ui_locales=en'));
    const { city, login } = PEOPLE[who];
    await signInAtCity(page, city, login);
    await page.waitForSelector('.side');
    pages.set(who, page);
    return page;
  }

  const settled = (page: Page) => page.waitForSelector('main [data-state]:not([data-state=loading])');

  it('lets in whom the list names; her roles choose the sections; no token is in the page', async () => {
    const resident = await (await browser().newContext({ locale: 'en-GB' })).newPage();
    await give(resident, system().bank);
    await resident.context().close();
    const page = await open('both');
    await settled(page);
    const sections = Object.entries(SECTIONS).filter(([path, may]) => !path.includes('/') && mayOpen('both', may));
    expect(await page.locator('.side a').count()).toBe(sections.length);
    expect(await page.evaluate('[localStorage.length, sessionStorage.length, document.cookie]')).toEqual([0, 0, '']);
    expect(await page.content()).not.toMatch(/eyJ[\w-]{10,}\.[\w-]+\./);
  }, 120_000);

  it.each(Object.keys(PEOPLE) as Who[])(
    'as %s: each section is read, or refused with the roles that may',
    async (who) => {
      const page = await open(who);
      for (const [section, may] of Object.entries(SECTIONS)) {
        await page.goto(at(section));
        await settled(page);
        const refused = await page.locator('main [data-state=refused]').count();
        expect([who, section, refused > 0]).toEqual([who, section, !mayOpen(who, may)]);
      }
    },
    90_000,
  );

  it.each(LANGUAGES)(
    'is without fault in every section in %s',
    async (language) => {
      const found: string[] = [];
      for (const [section, may] of Object.entries(SECTIONS)) {
        const page = await open(mayOpen('both', may) ? 'both' : 'regulator');
        await page.goto(at(`${section}?ui_locales=${language}`));
        await settled(page);
        expect(await page.locator('html').getAttribute('lang')).toBe(language);
        found.push(...(await axe(page)).map((fault) => `${section} ${fault}`));
      }
      expect(found).toEqual([]);
      expect(faults).toEqual([]);
    },
    120_000,
  );

  it('deny: a call without the session’s own token, or that is in no table, changes nothing', async () => {
    const page = await open('both');
    const bare = await page.request.post(at('api/bulk'), { data: {} });
    expect(bare.status()).toBe(403);
    const none = await page.request.get(at('api/admin/consents'));
    expect(none.status()).toBe(404);
    const looks = await open('regulator');
    await looks.goto(at('consents?ui_locales=en'));
    await settled(looks);
    expect(await looks.getByRole('button', { name: 'Dry run of a bulk withdrawal' }).count()).toBe(0);
  }, 60_000);

  it('withdraws many with four eyes: a dry run names them, she who proposed may not approve, another does', async () => {
    const first = await open('both');
    await first.goto(at('consents?state=given&ui_locales=en'));
    await settled(first);
    const count = await first.locator('main tbody tr').count();
    expect(count).toBeGreaterThan(0);
    await first.getByRole('button', { name: 'Dry run of a bulk withdrawal' }).click();
    await first.locator('input[name=reference]').fill('CASE-2026-1');
    await first.locator('textarea[name=reason]').fill('the holder closed its service "><img src=x onerror=alert(1)>');
    expect(await axe(first)).toEqual([]);
    await first.locator('.ant-modal button[type=submit]').click();
    await first.waitForURL(/\/console\/bulk\/[\w-]{36}/);
    await first.getByText('You proposed this').waitFor();
    expect(await first.getByRole('button', { name: /^Withdraw \d/ }).count()).toBe(0);
    const second = await open('second');
    await second.goto(first.url());
    await second.getByRole('button', { name: /^Withdraw \d/ }).click();
    await second.locator('.ant-popconfirm-buttons .ant-btn-primary').click();
    await second.getByText('Done').first().waitFor({ timeout: 30_000 });
    await first.goto(at('consents?state=withdrawn&channel=bulk&ui_locales=en'));
    await settled(first);
    expect(await first.locator('main tbody tr').count()).toBe(count);
    expect(faults).toEqual([]);
  }, 90_000);

  it('simulates a recorded request: what the rules say, why, by which article', async () => {
    const page = await open('both');
    await page.goto(at('simulator?ui_locales=en'));
    await settled(page);
    await page.locator('main tbody button').first().click();
    await page.getByRole('button', { name: 'Decide' }).click();
    await page.waitForSelector('main [role=status] li');
    expect(await page.locator('main [role=status]').textContent()).toContain('Personal Information Protection Law');
    expect(faults).toEqual([]);
    for (const open of pages.values()) await open.context().close();
  }, 60_000);
}
