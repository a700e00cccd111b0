import { expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { emphasised, quoted, readTryThis } from '../../src/readme.js';
import type { System } from '../../src/system.js';

type Who = Readonly<{ login: string; pin: string }>;

/** At a picker: the city by its name; at the city's page: account and PIN. */
async function signInWith(page: Page, city: string, { login, pin }: Who): Promise<void> {
  await page.getByRole('link', { name: city }).first().click();
  await page.locator('#account').fill(login);
  await page.locator('#pin').fill(pin);
  await page.locator('#sign-in').click();
}

/** Line 1, with another wish when given. */
async function askForReport(page: Page, landing: string, line: string, wish?: string): Promise<void> {
  const [bank = ''] = emphasised(line);
  await page.goto(landing);
  await page.getByRole('link', { name: bank }).first().click();
  await page.waitForSelector('#ask');
  if (wish !== undefined) {
    const purpose = page.locator('form', { has: page.locator('#ask') }).getByLabel('What for');
    const option = purpose.locator('option', { hasText: wish });
    await purpose.selectOption((await option.getAttribute('value')) ?? '');
  }
  await page.getByRole('button', { name: /Ask for .* credit report/ }).click();
}

async function answerAll(page: Page): Promise<number> {
  await page.waitForSelector('fieldset.act');
  const acts = page.locator('fieldset.act');
  const count = await acts.count();
  for (let no = 0; no < count; no += 1) await acts.nth(no).locator('input[value=agree]').check();
  await page.locator('button[name=do][value=answers]').click();
  return count;
}

const outcome = async (page: Page): Promise<string | null> => {
  await page.waitForSelector('#outcome', { timeout: 60_000 });
  return page.locator('#outcome').getAttribute('data-code');
};

/** The README's "Try this", line by line, in Chromium: whatever it names must be there under that name. */
export function readme(system: () => System, browser: () => Browser): void {
  const landing = (): string => `http://localhost:${system().bay.topology.landing}`;
  const newPage = async (): Promise<Page> =>
    (await browser().newContext({ locale: 'en-GB', viewport: { width: 1280, height: 900 } })).newPage();

  it('leads by its five lines from the landing page to a refusal after a withdrawal', async () => {
    const { steps } = await readTryThis();
    const [open = '', sign = '', read = '', portal = '', again = ''] = steps;
    const [login = '', pin = ''] = quoted(sign);
    const page = await newPage();

    // The README names the port of `npm start`; the system under test has ports of its own.
    expect(open).toContain('<http://localhost:4000>');
    await askForReport(page, landing(), open);

    expect(sign).toMatch(/Hong Kong .* Shenzhen .*first time only/);
    await signInWith(page, 'Hong Kong', { login, pin });
    await page.waitForSelector('a[href*="/to/shenzhen"]');
    await signInWith(page, 'Shenzhen', { login, pin });

    expect(read).toContain('separate questions');
    await page.waitForSelector('fieldset.act');
    const asked = await page.locator('main').innerText();
    for (const word of ['Tsing Wan Bank', 'Pengwan Credit']) expect(asked).toContain(word);
    expect(await answerAll(page)).toBeGreaterThanOrEqual(2);
    await page.waitForSelector('#report', { timeout: 60_000 });
    expect(await page.locator('#signer').textContent()).toContain('pengwan-credit');
    const bankPage = page.url();

    expect(portal).toMatch(/portal of Hong Kong.*the Mainland.*two clicks/);
    await page.goto(landing());
    await page.locator('#portals').getByRole('link', { name: 'Hong Kong' }).click();
    await signInAtPortal(page, { login, pin });
    await readMainland(page, { login, pin });
    await withdrawInTwoClicks(page);

    expect(again).toContain('refused, and told why');
    await page.goto(bankPage);
    await page.getByRole('button', { name: /once more/ }).click();
    expect(await outcome(page)).toMatch(/^(consent-withdrawn|token-invalid|data-request-ended)$/);
    expect((await page.locator('#outcome-title').innerText()).length).toBeGreaterThan(10);
    await page.context().close();
  }, 240_000);

  const ENDS: Readonly<Record<string, string>> = {
    'another person': 'report',
    'level too low': 'unmet_authentication_requirements',
    'not known to the agency': 'record-not-found',
  };

  it('names others to sign in as, who fare as it says', async () => {
    const { steps, others } = await readTryThis();
    const pin = quoted(steps[1])[1] ?? '';
    for (const { login, says } of others) {
      const page = await newPage();
      await askForReport(page, landing(), steps[0] ?? '');
      await signInWith(page, 'Hong Kong', { login, pin });
      await page.waitForSelector('a[href*="/to/shenzhen"], fieldset.act, #outcome, #stopped-level');
      if (await page.locator('#stopped-level').count()) await page.locator('#cancel-form button').click();
      if (await page.locator('a[href*="/to/shenzhen"]').count()) await signInWith(page, 'Shenzhen', { login, pin });
      await page.waitForSelector('fieldset.act, #outcome');
      if (await page.locator('fieldset.act').count()) await answerAll(page);
      await page.waitForSelector('#report, #outcome', { timeout: 60_000 });
      const end = (await page.locator('#report').count()) ? 'report' : await outcome(page);
      expect([login, end]).toEqual([login, ENDS[says]]);
      await page.context().close();
    }
  }, 240_000);

  it('names a wish that the law forbids before anyone is bothered', async () => {
    const { steps, wish } = await readTryThis();
    const page = await newPage();
    await askForReport(page, landing(), steps[0] ?? '', wish);
    expect(await outcome(page)).toBe('invalid_authorization_details');
    expect(await page.locator('#rule').innerText()).not.toBe('');
    await page.context().close();
  }, 60_000);
}

/** The portal may know her from the sign-in at the bank already. */
async function signInAtPortal(page: Page, who: Who): Promise<void> {
  await page.waitForSelector('#sign-out, a[href*="/sign-in"], a[href*="/to/hong-kong"]');
  if ((await page.locator('#sign-out').count()) === 0 && (await page.locator('a[href*="/sign-in"]').count()))
    await page.locator('a[href*="/sign-in"]').first().click();
  await page.waitForSelector('#sign-out, a[href*="/to/hong-kong"]');
  if (await page.locator('a[href*="/to/hong-kong"]').count()) await signInWith(page, 'Hong Kong', who);
  await page.waitForSelector('#sign-out');
}

/** What the Mainland keeps stands on the same page; the first time she signs in there too. */
async function readMainland(page: Page, who: Who): Promise<void> {
  const home = page.url();
  const mainland = page.locator('#place-cn');
  await mainland.locator('article.consent, a[href*="/sign-in"]:visible').first().waitFor();
  if ((await mainland.locator('article.consent').count()) === 0) {
    await mainland.locator('a[href*="/sign-in"]').click();
    await page.waitForSelector('article.consent, #to-hk, a[href*="/to/shenzhen"]');
    if (await page.locator('#to-hk').count()) await page.locator('#to-hk').click();
    else if (await page.locator('a[href*="/to/shenzhen"]').count()) await signInWith(page, 'Shenzhen', who);
    await page.waitForSelector('article.consent');
    await page.goto(home);
  }
  await mainland.locator('article.consent').first().waitFor();
  expect(await mainland.locator('article.consent h3').first().textContent()).toContain('Tsing Wan Bank');
}

async function withdrawInTwoClicks(page: Page): Promise<void> {
  await page.locator('#place-cn article.consent').first().getByRole('link', { name: 'Withdraw' }).click();
  await page.waitForSelector('details#withdraw[open]');
  await page.locator('details#withdraw button[type=submit]').click();
  await page.waitForSelector('#withdrawn');
}
