import { gzipSync } from 'node:zlib';
import { expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openPortal, KA_HOU } from '../../src/walk.js';
import { Visitor } from '../../src/visitor.js';
import type { System } from '../../src/system.js';
import { axe, reachAsk } from './main-job.js';

const LANGUAGES = ['zh-Hant', 'zh-Hans', 'pt', 'en'] as const;
/** Every page of the portal, of somebody who has a consent. */
const PATHS = ['/', '/waiting', '/consents', '/uses', '/inbox', '/inbox/settings', '/help', '', '/notice', '/receipt'];

/** Allows the bank and waits for its page; answers how many deeds that took. */
export async function give(page: Page, bank: string): Promise<number> {
  await reachAsk(page, bank);
  const acts = page.locator('fieldset.act');
  const count = await acts.count();
  for (let no = 0; no < count; no += 1) await acts.nth(no).locator('input[value=agree]').check();
  await page.locator('button[name=do][value=answers]').click();
  await page.waitForSelector('#report', { timeout: 30_000 });
  return count + 1;
}

async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/sign-in?ui_locales=en`);
  await page.waitForSelector('#to-hk, #sign-out');
  if (await page.locator('#to-hk').count()) await page.locator('#to-hk').click();
  await page.waitForSelector('#sign-out');
}

/** Breaches of the content security policy, and dialogs that a script opened. */
export function watch(context: BrowserContext, faults: string[] = []): string[] {
  context.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) faults.push(message.text());
  });
  context.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return faults;
}

/** Presses Tab until an element that matches has the focus. */
async function tabTo(page: Page, selector: string, most = 80): Promise<void> {
  for (let pressed = 0; pressed < most; pressed += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate<boolean>(`document.activeElement.matches(${JSON.stringify(selector)})`)) return;
  }
  throw new Error(`${selector} is not reached with ${most} presses of Tab`);
}

/** The residents' portal in a browser, with a consent that was really given and used. */
export function portal(system: () => System, browser: () => Browser): void {
  let context: BrowserContext;
  let page: Page;
  let faults: string[];
  let deedsToGive = 0;
  let consent = '';

  it('opens with what she allowed; a page never holds a token', async () => {
    context = await browser().newContext({ locale: 'en-GB', viewport: { width: 360, height: 800 } });
    faults = watch(context);
    page = await context.newPage();
    deedsToGive = await give(page, system().bank);
    await signIn(page, system().console.cn);
    await page.waitForSelector('#allowed article.consent');
    expect(await page.locator('#lately').textContent()).toContain('Tsing Wan Bank received your credit report');
    const href = await page.locator('#allowed article.consent h3 a').first().getAttribute('href');
    consent = new URL(href ?? '').pathname;
    const kept = await page.evaluate<[number, number, string]>(
      '[localStorage.length, sessionStorage.length, document.cookie]',
    );
    expect(kept).toEqual([0, 0, '']);
    expect(await page.content()).not.toMatch(/eyJ[\w-]{10,}\.[\w-]+\./);
    for (const cookie of await context.cookies(system().console.cn))
      if (cookie.name.startsWith('cn_console')) expect([cookie.httpOnly, cookie.sameSite]).toEqual([true, 'Lax']);
  }, 120_000);

  it.each(LANGUAGES)(
    'is without fault on every page in %s, and no page is wider than a phone',
    async (language) => {
      const found: string[] = [];
      for (const path of PATHS) {
        const at = path.startsWith('/') && !['/notice', '/receipt'].includes(path) ? path : `${consent}${path}`;
        const answer = await page.goto(`${system().console.cn}${at}?ui_locales=${language}`);
        const width = await page.evaluate<number>('document.documentElement.scrollWidth');
        const lang = await page.locator('html').getAttribute('lang');
        if (answer?.status() !== 200 || lang !== language || width > 360) found.push(`${at}: ${lang} ${width}`);
        found.push(...(await axe(page)).map((fault) => `${at} ${fault}`));
      }
      expect(found).toEqual([]);
      expect(faults).toEqual([]);
    },
    120_000,
  );

  it('keeps the language she chose on pages that do not name one', async () => {
    await page.goto(`${system().console.cn}/?ui_locales=pt`);
    await page.goto(`${system().console.cn}/inbox`);
    expect(await page.locator('html').getAttribute('lang')).toBe('pt');
    await page.goto(`${system().console.cn}/?ui_locales=en`);
  });

  it('sends little script and is soon there', async () => {
    const scripts: number[] = [];
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script')
        void response.body().then((body) => scripts.push(gzipSync(body).length));
    });
    const times: number[] = [];
    for (let time = 0; time < 3; time += 1) {
      const started = Date.now();
      await page.goto(system().console.cn, { waitUntil: 'domcontentloaded' });
      await page.waitForSelector('#allowed article.consent');
      times.push(Date.now() - started);
    }
    expect(scripts.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(200 * 1024);
    expect(Math.min(...times)).toBeLessThanOrEqual(2_000);
  }, 30_000);

  it('takes what she says is wrong and names whom she can turn to; what is no address is told, not run', async () => {
    await page.goto(`${system().console.cn}${consent}`);
    await page.locator('#wrong button[value="not-mine"]').click();
    await page.waitForSelector('[data-objection="not-mine"] a');
    await page.goto(`${system().console.cn}/inbox/settings`);
    await page.evaluate("document.querySelector('#address').type = 'text'");
    await page.locator('#address').fill('"><img src=x onerror=alert(1)>');
    await page.locator('form[action$="/address"] button').first().click();
    await page.waitForSelector('[role=alert]');
    expect(await axe(page)).toEqual([]);
    await page.goto(`${system().console.cn}/consents/%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E`);
    expect(await page.locator('h1').textContent()).toBe('There is no such consent of yours');
    expect(faults).toEqual([]);
  }, 60_000);

  it('deny: another resident sees none of it, and a form without her own token changes nothing', async () => {
    const other = new Visitor();
    await openPortal(other, system().console.cn, KA_HOU);
    expect((await other.open(`${system().console.cn}${consent}`)).status).toBe(404);
    const address = `${system().console.cn}${consent}/withdrawal`;
    const forged = await context.request.post(address, { form: { csrf: 'x'.repeat(43) } });
    expect(forged.status()).toBe(403);
    await page.goto(`${system().console.cn}${consent}`);
    expect(await page.locator('#withdraw').count()).toBe(1);
  }, 60_000);

  it('withdraws by keyboard in two deeds from home, no more than giving took, and says what happens next', async () => {
    await page.goto(system().console.cn);
    await tabTo(page, '#allowed article.consent a[href*="withdraw=open"]');
    await page.keyboard.press('Enter');
    await page.waitForSelector('details#withdraw[open]');
    expect(await page.locator('#withdraw').textContent()).toContain('cannot be called back');
    await tabTo(page, '#withdraw button[type=submit]');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#withdrawn');
    expect(2).toBeLessThanOrEqual(deedsToGive);
    expect(await axe(page)).toEqual([]);
    expect(faults).toEqual([]);
    await context.close();
  }, 60_000);
}
