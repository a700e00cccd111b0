import { expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { Visitor } from '../../src/visitor.js';
import { askBank } from '../../src/walk.js';
import type { System } from '../../src/system.js';
import { axe, signInAtCity } from './main-job.js';
import { give, watch } from './portal.js';

/** Each view of the console: an address where nothing is to be shown in Macao, and a fact that a full view shows. */
const VIEWS = {
  '': '.map__line, .map__line--no',
  consents: 'tbody tr',
  bulk: 'tbody tr',
  requests: 'tbody tr',
  'notices?id=credit-report/credit-underwriting/mo-cn': 'textarea',
  rules: '.law li',
  'rules/CN.PIPL.38': 'tbody tr',
  simulator: 'tbody tr',
  instruments: 'tbody tr',
  participants: 'tbody tr',
  'participants/lotus-bank': 'tbody tr',
  statements: 'tbody tr',
  evidence: 'tbody tr',
  health: 'tbody tr',
  letters: 'tbody tr',
} as const;
const PATHS = Object.keys(VIEWS);
/** Views whose emptiness cannot be had: a log always has entries, the law its articles, and what is on file is in a file. */
const NEVER_EMPTY = [
  'instruments',
  'evidence',
  'rules/CN.PIPL.38',
  'health',
  'participants',
  'participants/lotus-bank',
];
/** Views that are never empty of themselves, and an address that leaves nothing of them. */
const EMPTIED: Readonly<Record<string, string>> = { rules: 'rules?q=no+such+words' };
/** Views that are full only after what the tests do not do: somebody withdrew in bulk, a message was refused for half an hour. */
const SELDOM_FULL = ['bulk', 'letters'];
/** A jurisdiction knows its own participants: in the Mainland another one is looked at than in Macao. */
const IN_CN: Readonly<Record<string, string>> = { 'participants/lotus-bank': 'participants/pengwan-credit' };
/** Pages of the portal that belong to somebody, and those that anybody may read. */
const HERS = ['/waiting', '/consents', '/uses', '/inbox', '/inbox/settings'];

const SERVICES = ['mo/evidence', 'mo/consent', 'mo/broker'] as const;
const BEHIND = { empty: 'main [data-state=empty]', error: 'main [data-state=error]' } as const;

/** Every view in each of its states, each brought about as it comes about: nothing there, a service away, a slow answer. */
export function states(system: () => System, browser: () => Browser): void {
  const faults: string[] = [];
  let macao: Page;

  async function newPage(width = 1280): Promise<Page> {
    const context = await browser().newContext({ locale: 'en-GB', viewport: { width, height: 900 } });
    watch(context, faults);
    return context.newPage();
  }

  async function administrator(place: 'mo' | 'cn', city: string, login: string): Promise<Page> {
    const page = await newPage();
    await page.goto(`${system().console[place]}/console?ui_locales=en`);
    await signInAtCity(page, city, login);
    await page.waitForSelector('.side');
    return page;
  }

  const at = (path: string): string => `${system().console.mo}/console/${path}`;
  const settled = (page: Page) => page.waitForSelector('main [data-state]:not([data-state=loading])');
  /** The words of a state, and what a reader of the screen would stumble over. */
  async function shows(page: Page, path: string, selector: string): Promise<string[]> {
    const words = await page.locator(selector).first().innerText();
    const missing = words.trim().length < 10 ? [`${path}: says nothing`] : [];
    return [...missing, ...(await axe(page)).map((fault) => `${path}: ${fault}`)];
  }

  it('empty: says so, and what would appear', async () => {
    macao = await administrator('mo', 'macao', 'lei.kaman');
    const found: string[] = [];
    for (const path of PATHS.filter((one) => !NEVER_EMPTY.includes(one))) {
      await macao.goto(at(EMPTIED[path] ?? path));
      await macao.waitForSelector(BEHIND.empty);
      found.push(...(await shows(macao, path, BEHIND.empty)));
    }
    expect(found).toEqual([]);
  }, 120_000);

  it('loading: the frame stands, and a sentence says that it is being read', async () => {
    await macao.route('**/console/api/**', async (route) => {
      if (!route.request().url().endsWith('/me')) await new Promise((next) => setTimeout(next, 1_500));
      await route.continue().catch(() => undefined);
    });
    const found: string[] = [];
    for (const path of PATHS) {
      await macao.goto(at(path));
      const loading = macao.locator('main [data-state=loading]').first();
      await loading.waitFor();
      if (!(await loading.innerText()).includes('Reading')) found.push(`${path}: says nothing`);
      expect(await macao.locator('.side a[aria-current]').count()).toBe(1);
    }
    await macao.unrouteAll({ behavior: 'ignoreErrors' });
    expect(found).toEqual([]);
  }, 120_000);

  it('full: shows what there is; a deep link brings its filters back', async () => {
    const resident = await newPage();
    await give(resident, system().bank);
    await resident.context().close();
    const page = await administrator('cn', 'shenzhen', 'zhou.jianhua');
    for (const [path, selector] of Object.entries(VIEWS)) {
      if (SELDOM_FULL.includes(path)) continue;
      await page.goto(`${system().console.cn}/console/${IN_CN[path] ?? path}`);
      await page.waitForSelector(`main ${selector}`).catch(async () => {
        throw new Error(`${path} is not full: ${await page.locator('main').innerText()}`);
      });
    }
    await page.goto(`${system().console.cn}/console/requests?from=CN-440300&to=HK&result=released&days=30`);
    await page.waitForSelector('main tbody tr');
    const kept = await page.evaluate('[...document.querySelectorAll("main select")].map((field) => field.value)');
    expect(kept).toEqual(['released', 'CN-440300', 'HK', '30']);
    await page.locator('main tbody a').first().click();
    await page.waitForSelector('main ol.way li');
    expect(await axe(page)).toEqual([]);
    const address = page.url();
    await page.goto(address);
    await page.waitForSelector('main ol.way li');
    expect(await page.locator('main ol.way').innerText()).toContain('The recipient signed the request');
    await page.context().close();
  }, 240_000);

  it('live: a page left open shows what happened meanwhile, and not while it is paused', async () => {
    const page = await administrator('cn', 'shenzhen', 'zhou.jianhua');
    const refused = page.locator('.strip > div', { hasText: 'Refused' }).locator('dd');
    await refused.waitFor();
    const before = Number(await refused.innerText());
    const forbidden = () => askBank(new Visitor(), system().bank, { purpose: 'direct-marketing' });
    await page.waitForTimeout(6_000);
    await forbidden();
    for (const end = Date.now() + 30_000; Number(await refused.innerText()) === before && Date.now() < end;)
      await page.waitForTimeout(500);
    expect(Number(await refused.innerText())).toBe(before + 1);
    await page.getByRole('button', { name: 'Pause' }).click();
    await forbidden();
    await page.waitForTimeout(12_000);
    expect(Number(await refused.innerText())).toBe(before + 1);
    await page.context().close();
  }, 120_000);

  it('refused: names the roles that may, for each view that a role may not open', async () => {
    const page = await administrator('cn', 'zhuhai', 'liang.xiaotong');
    for (const path of ['rules', 'instruments']) {
      await page.goto(`${system().console.cn}/console/${path}`);
      await settled(page);
      expect(await page.locator('main [data-state=refused]').first().innerText()).toContain('rules officer');
      expect(await axe(page)).toEqual([]);
    }
    await page.goto(`${system().console.cn}/console/nowhere`);
    await page.getByText('Nothing fits').waitFor();
    await page.context().close();
  }, 90_000);

  it('portal, nothing there and refused: empty pages say what would appear; nobody else gets in', async () => {
    const page = await newPage(360);
    const portal = system().console.mo;
    for (const path of HERS) {
      await page.goto(`${portal}${path}?ui_locales=en`);
      await page.waitForSelector('a[href*="/to/macao"]');
    }
    await signInAtCity(page, 'macao', 'ng.saikit');
    await page.waitForSelector('#sign-out');
    const found: string[] = [];
    for (const path of ['/', ...HERS]) {
      await page.goto(`${portal}${path}`);
      found.push(...(await shows(page, path, 'main')));
    }
    expect(found).toEqual([]);
    expect(await page.locator('main').innerText()).not.toContain('undefined');
    await page.goto(`${portal}/consents/0b9f3c1e-1111-4222-8333-444455556666`);
    expect(await page.locator('h1').innerText()).toBe('There is no such consent of yours');
    await atRest(page, portal);
  }, 120_000);

  /** The consent service is away: each page says what did not happen and what stands, in the console and in the portal. */
  async function atRest(page: Page, portal: string): Promise<void> {
    const found: string[] = [];
    for (const service of [...SERVICES].reverse()) await system().bay.programs.end(service);
    for (const path of ['/', ...HERS]) {
      const answer = await page.goto(`${portal}${path}`);
      if ((answer?.status() ?? 0) < 500) found.push(`${path}: ${answer?.status()}`);
      found.push(...(await shows(page, path, 'main')));
    }
    for (const path of PATHS) {
      await macao.goto(at(path));
      await macao.waitForSelector(BEHIND.error);
      found.push(...(await shows(macao, path, BEHIND.error)));
    }
    for (const service of SERVICES) await system().bay.programs.restart(service);
    expect(found).toEqual([]);
    // The last of the views may have nothing to show: what counts is that it is read again.
    await macao.locator('main [data-state=error] button').first().click();
    await macao.waitForSelector('main [data-state=full], main [data-state=empty]');
    await page.getByRole('link', { name: 'Try again' }).click();
    await page.waitForSelector('#sign-out');
    await macao.context().close();
    await page.context().close();
    expect(faults).toEqual([]);
  }
}
