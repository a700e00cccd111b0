import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { WORKSPACE } from '@bayway/infra';
import { launchBrowser } from '@bayway/testing';
import type { Browser, Page } from 'playwright-core';
import { startSystem, type System } from './system.js';
import { Visitor } from './visitor.js';
import {
  AGREE,
  answer,
  askBank,
  KA_HOU,
  KA_MAN,
  MEI_YEE,
  obtain,
  PIN,
  SAI_KIT,
  settled,
  toAsk,
  type Person,
} from './walk.js';

/** A picture in the README is no larger. */
const LIMIT_BYTES = 150_000;
const FOLDER = join(WORKSPACE, 'docs', 'images');

/** What happened before the pictures: something in each corridor, and some that the law or a person did not allow. */
const PRODUCTS: readonly (readonly ['hk' | 'mo' | 'cn', string, Person])[] = [
  ['mo', 'job-guangzhou', KA_MAN],
  ['cn', 'account-hongkong', MEI_YEE],
  ['mo', 'account-hongkong', SAI_KIT],
  ['hk', 'loan-macao', SAI_KIT],
  ['cn', 'mortgage-macao', KA_MAN],
];

async function day(system: System): Promise<void> {
  for (const who of [KA_HOU, MEI_YEE, KA_HOU]) await obtain(new Visitor(), system.bank, who);
  await askBank(new Visitor(), system.bank, { purpose: 'direct-marketing' });
  const refusing = new Visitor();
  await answer(refusing, await toAsk(refusing, await askBank(refusing, system.bank), KA_HOU), { all: 'refuse' });
  for (const [to, product, who] of PRODUCTS) {
    const visitor = new Visitor();
    const start = await visitor.open(system.banks[to]);
    const asked = await visitor.submit(start.form(new RegExp(`id="product-${product}"`)), { uses: '1' });
    await settled(visitor, await answer(visitor, await toAsk(visitor, asked, who), AGREE));
  }
}

async function signIn(page: Page, city: string, login: string): Promise<void> {
  await page.locator(`a[href*="/to/${city}"]`).first().click();
  await page.locator('#account').fill(login);
  await page.locator('#pin').fill(PIN);
  await page.locator('#sign-in').click();
}

/** @param height of the part from the top that is kept; absent: the whole page */
async function take(page: Page, name: string, height?: number): Promise<void> {
  const path = join(FOLDER, `${name}.png`);
  const width = page.viewportSize()?.width ?? 1280;
  await page.screenshot({
    path,
    fullPage: true,
    animations: 'disabled',
    ...(height === undefined ? {} : { clip: { x: 0, y: 0, width, height } }),
  });
  const { size } = await stat(path);
  if (size > LIMIT_BYTES) throw new Error(`${name}.png has ${size} bytes, more than ${LIMIT_BYTES}`);
  process.stdout.write(`docs/images/${name}.png, ${Math.ceil(size / 1024)} KiB\n`);
}

async function resident(system: System, browser: Browser): Promise<void> {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1080, height: 900 } });
  const page = await context.newPage();
  await page.goto(system.bank);
  await page.locator('#ask').click();
  await signIn(page, MEI_YEE.home, MEI_YEE.login);
  await page.waitForSelector('a[href*="/to/shenzhen"], fieldset.act');
  if (await page.locator('a[href*="/to/shenzhen"]').count()) await signIn(page, 'shenzhen', MEI_YEE.login);
  await page.waitForSelector('fieldset.act');
  await take(page, 'ask', 920);
  await page.goto(`${system.console.cn}/sign-in?ui_locales=en`);
  await page.waitForSelector('#to-hk, #sign-out');
  if (await page.locator('#to-hk').count()) await page.locator('#to-hk').click();
  await page.waitForSelector('#allowed article.consent');
  await take(page, 'portal', 920);
  await page.locator('#allowed article.consent h3 a').first().click();
  await page.waitForSelector('#withdraw');
  await take(page, 'consent', 920);
  await context.close();
}

async function administrator(system: System, browser: Browser): Promise<void> {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${system.console.cn}/console?ui_locales=en`);
  await signIn(page, 'shenzhen', 'zhou.jianhua');
  await page.waitForSelector('.map__line');
  await page.waitForSelector('.meters li');
  await take(page, 'console', 860);
  await page.goto(`${system.console.cn}/console/requests?result=released`);
  await page.locator('main tbody a').first().click();
  await page.waitForSelector('main ol.way li');
  await take(page, 'request', 860);
  await context.close();
}

await mkdir(FOLDER, { recursive: true });
const system = await startSystem(Number(process.env['BASE'] ?? 16_000));
try {
  await day(system);
  const browser = await launchBrowser();
  await resident(system, browser);
  await administrator(system, browser);
  await browser.close();
} finally {
  await system.stop();
}
