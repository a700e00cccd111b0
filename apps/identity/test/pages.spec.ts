import { mkdir } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LANGUAGES, type Language } from '@bayway/domain';
import { launchBrowser } from '@bayway/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Partner } from './partner.js';
import { consoleAt, creditReport, enrol, partnerAt, startWorld, type World } from './world.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Where pictures of the pages are left to be looked at, when somebody wants them. */
const SHOTS = process.env.SHOTS;

let world: World;
let bank: Partner;
let portal: Partner;
let chromium: Browser;

beforeAll(async () => {
  world = await startWorld();
  bank = await partnerAt(world, world.hk);
  portal = await consoleAt(world, world.hk);
  chromium = await launchBrowser();
}, 120_000);
afterAll(async () => {
  await chromium.close();
  await world.stop();
});

/** No script runs on the pages themselves; axe is put in from outside. */
async function looked(page: Page, name: string, language: Language): Promise<void> {
  await page.addScriptTag({ content: axe });
  const found = (await page.evaluate('axe.run()')) as { violations: { id: string; nodes: { html: string }[] }[] };
  expect(found.violations.map(({ id, nodes }) => `${name} ${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
  expect(await page.evaluate('document.documentElement.lang')).toBe(language);
  expect(await page.evaluate("document.querySelectorAll('h1').length")).toBe(1);
  for (const width of [1440, 360]) {
    await page.setViewportSize({ width, height: 800 });
    const beyond = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect([name, width, await page.evaluate(beyond)]).toEqual([name, width, 0]);
    if (SHOTS) {
      await mkdir(SHOTS, { recursive: true });
      await page.screenshot({ path: join(SHOTS, `${name}.${language}-${width}.png`), fullPage: true });
    }
  }
}

/** At a city of the test: says who she is. */
async function enter(page: Page, city: string, login: string, leaves = world.hk.issuer): Promise<void> {
  await page.click(`a[href$="/to/${city}"]`);
  await page.fill('input[name="account"]', login);
  const left = page.waitForRequest((request) => request.url().startsWith(leaves), { timeout: 20_000 });
  await Promise.all([left, page.click('#city button')]);
  if (leaves !== 'https://client.example') await page.waitForLoadState();
}

async function at(context: BrowserContext, partner: Partner, parameters: Record<string, string>): Promise<Page> {
  const page = await context.newPage();
  await page.goto((await partner.attempt(parameters)).url);
  return page;
}

describe.each(LANGUAGES)('the pages in %s', (language) => {
  let context: BrowserContext;
  beforeAll(async () => {
    context = await chromium.newContext({ viewport: { width: 1440, height: 800 }, bypassCSP: true });
  });
  afterAll(() => context.close());
  const ui_locales = language;

  it('where she chooses her city, what is learned and what to do without one', async () => {
    const page = await at(context, bank, { ...creditReport(), ui_locales });
    for (const summary of await page.locator('summary').all()) await summary.click();
    expect(await page.locator('#learn, #none-of-these').count()).toBe(2);
    await looked(page, 'picker', language);
  });

  it('where the other side asks her to sign in once and binds both', async () => {
    const login = `bind-${language}`;
    enrol(world, login);
    const page = await at(context, bank, { ...creditReport(), ui_locales });
    await enter(page, 'hong-kong', login);
    await looked(page, 'bind', language);
  });

  it('that say a sign-in does not suffice, or could not be had', async () => {
    const login = `low-${language}`;
    enrol(world, login, { hk: 'iamsmart' });
    const fresh = await chromium.newContext({ bypassCSP: true });
    const page = await at(fresh, bank, { ...creditReport(), ui_locales });
    await enter(page, 'hong-kong', login);
    await looked(page, 'level', language);
    await page.goto(`${page.url()}?again=1&unreachable=hong-kong`);
    await looked(page, 'unreachable', language);
    await page.goto(`${world.hk.issuer}/interaction/${'x'.repeat(21)}?ui_locales=${language}`);
    await looked(page, 'ended', language);
    await fresh.close();
  }, 120_000);

  it('of her own sign-ins, and of signing out', async () => {
    const login = `own-${language}`;
    enrol(world, login);
    for (const userAgent of ['Mozilla/5.0 (iPhone) Safari/604.1', 'Mozilla/5.0 (Windows NT 10.0) Firefox/133.0']) {
      const own = await chromium.newContext({ bypassCSP: true, userAgent });
      const away = await own.newPage();
      await away.goto((await portal.attempt({ scope: 'openid profile consent', ui_locales })).url);
      await enter(away, 'hong-kong', login, 'https://client.example');
      const page = await own.newPage();
      await page.goto(`${world.hk.issuer}/account?ui_locales=${language}`);
      if (userAgent.includes('Firefox')) {
        await looked(page, 'account', language);
        await page.goto(`${world.hk.issuer}/session/end?ui_locales=${language}`);
        await looked(page, 'sign-out', language);
      }
      await own.close();
    }
  }, 120_000);
});
