import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { MEI_YEE, PIN } from '../../src/walk.js';
import type { System } from '../../src/system.js';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Accessibility faults of the page as it stands (WCAG 2.2 A and AA). */
export async function axe(page: Page): Promise<string[]> {
  return page.evaluate(
    `(async () => { ${axeSource}; const r = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }); return r.violations.map((v) => v.id + ': ' + v.nodes[0].target); })()`,
  );
}

export async function signInAtCity(page: Page, city: string, login = MEI_YEE.login): Promise<void> {
  await page.locator(`a[href*="/to/${city}"]`).first().click();
  await page.locator('#account').fill(login);
  await page.locator('#pin').fill(PIN);
  await page.locator('#sign-in').click();
}

/** Pushes a button and waits until the page it leads to stands. */
export async function reachAsk(page: Page, bank: string): Promise<void> {
  await page.goto(bank);
  await page.locator('#ask').click();
  await page.waitForSelector('a[href*="/to/hong-kong"]');
  expect(await axe(page)).toEqual([]);
  await signInAtCity(page, 'hong-kong');
  await signInAtShenzhen(page);
}

/** The other side's own sign-in the first time; afterwards it knows her by way of Hong Kong. */
async function signInAtShenzhen(page: Page): Promise<void> {
  await page.waitForSelector('a[href*="/to/shenzhen"], fieldset.act');
  if (await page.locator('a[href*="/to/shenzhen"]').count()) await signInAtCity(page, 'shenzhen');
  await page.waitForSelector('fieldset.act');
}

/** The main job of Bayway in a browser: allow, receive, see, withdraw, be refused. */
export function mainJob(system: () => System, browser: () => Browser): void {
  it('obtains a report with her consent; she sees the use, withdraws in two clicks, and the next fetch is refused', async () => {
    const context = await browser().newContext({ locale: 'en-GB', viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('console', (message) =>
      /Content Security Policy/i.test(message.text()) ? faults.push(message.text()) : undefined,
    );
    await reachAsk(page, system().bank);

    expect(await axe(page)).toEqual([]);
    expect(await page.locator('input[type=radio]:checked, input[type=checkbox]:checked').count()).toBe(0);
    const acts = page.locator('fieldset.act');
    expect(await acts.count()).toBeGreaterThanOrEqual(3);
    for (let no = 0; no < (await acts.count()); no += 1) await acts.nth(no).locator('input[value=agree]').check();
    await page.locator('button[name=do][value=answers]').click();
    await page.waitForSelector('#report', { timeout: 30_000 });
    expect(await page.locator('#item-repayment-history tbody tr').count()).toBeGreaterThan(0);
    expect(await page.locator('#signer').textContent()).toContain('pengwan-credit');
    const bankPage = page.url();

    const portal = await context.newPage();
    await portal.goto(`${system().console.hk}/sign-in?ui_locales=en`);
    await portal.waitForSelector('#sign-out');
    await portal.locator('#place-cn a.btn').click();
    await portal.waitForSelector('#to-hk, article.consent');
    if (await portal.locator('#to-hk').count()) await portal.locator('#to-hk').click();
    await portal.waitForSelector('article.consent');
    expect(await axe(portal)).toEqual([]);

    await portal.goto(system().console.hk);
    await portal.waitForSelector('#place-cn article.consent');
    expect(await portal.locator('#place-cn article.consent h3').textContent()).toContain('Tsing Wan Bank');
    expect(await axe(portal)).toEqual([]);
    await portal.locator('#place-cn article.consent a', { hasText: 'Withdraw' }).click();
    await portal.waitForSelector('details#withdraw[open]');
    expect(await portal.locator('.tl__use').count()).toBe(1);
    expect(await axe(portal)).toEqual([]);
    await portal.locator('details#withdraw button[type=submit]').click();
    await portal.waitForSelector('#withdrawn');

    await page.goto(bankPage);
    await page.locator('#again').click();
    await page.waitForSelector('#outcome');
    expect(await page.locator('#outcome').getAttribute('data-code')).toMatch(
      /^(consent-withdrawn|consent-not-given|data-request-ended|token-invalid)$/,
    );
    expect(faults).toEqual([]);
    await context.close();
  }, 180_000);

  it.each(['zh-Hant', 'zh-Hans', 'pt'])(
    'asks in %s without script',
    async (language) => {
      const context = await browser().newContext({
        locale: language === 'zh-Hant' ? 'zh-HK' : language,
        javaScriptEnabled: false,
        viewport: { width: 360, height: 800 },
      });
      const page = await context.newPage();
      await reachAskWithoutScript(page, system().bank);
      expect(await page.locator('html').getAttribute('lang')).toBe(language);
      expect(await page.evaluate<number>('document.body.scrollWidth')).toBeLessThanOrEqual(360);
      await page.locator('button[name=do][value=none]').click();
      await page.waitForSelector('#outcome');
      expect(await page.locator('#outcome').getAttribute('data-code')).toBe('access_denied');
      await context.close();
    },
    90_000,
  );
}

async function reachAskWithoutScript(page: Page, bank: string): Promise<void> {
  await page.goto(bank);
  await page.locator('#ask').click();
  await page.waitForSelector('a[href*="/to/hong-kong"]');
  await signInAtCity(page, 'hong-kong');
  await signInAtShenzhen(page);
}
