import { Browser, type Opened } from './browser.js';
import type { Attempt, Partner } from './partner.js';
import { creditReport, type World } from './world.js';

/** At a picker: goes to a city and says there who she is. */
export async function signInAt(browser: Browser, picker: Opened, city: string, login: string): Promise<Opened> {
  const form = await browser.follow(picker, `/to/${city}`);
  return browser.submit(form, 'city', { account: login });
}

export const AGREE = { 'act.other-handler': 'agree', 'act.overseas': 'agree', do: 'answers' };

/** True for the page with consent's fragment. */
export const isAsk = (page: Opened): boolean => page.html.includes('name="act.');

export const isPicker = (page: Opened, city: string): boolean => page.html.includes(`/to/${city}"`);

export const paramsOf = (page: Opened): URLSearchParams => new URL(page.url).searchParams;

/** From the partner's request to the page with the ask; signs in where she is asked to. */
export async function reachAsk(
  world: World,
  partner: Partner,
  who: { login: string; browser?: Browser; over?: Record<string, unknown> },
): Promise<{ browser: Browser; attempt: Attempt; page: Opened; pages: string[] }> {
  const browser = who.browser ?? new Browser();
  const attempt = await partner.attempt(creditReport(who.over));
  let page = await browser.open(attempt.url);
  const pages: string[] = [];
  for (const [city, name] of [
    ['hong-kong', 'hk'],
    ['shenzhen', 'cn'],
  ] as const) {
    if (!isPicker(page, city)) continue;
    pages.push(`${name} picker`);
    page = await signInAt(browser, page, city, who.login);
  }
  return { browser, attempt, page, pages };
}

/** The whole way: a consent given, and the partner's tokens. */
export async function obtain(world: World, partner: Partner, who: Parameters<typeof reachAsk>[2]) {
  const { browser, attempt, page, pages } = await reachAsk(world, partner, who);
  const back = await browser.submit(page, 'ask', AGREE);
  return { browser, attempt, pages, back, tokens: await partner.redeem(attempt, back.url) };
}
