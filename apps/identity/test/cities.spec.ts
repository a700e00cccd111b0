import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Browser, CLIENT_HOST, textOf, type Opened } from './browser.js';
import type { Partner } from './partner.js';
import { PIN, type Fault } from './simulators.js';
import { paramsOf } from './walk.js';
import { consoleAt, startWorld, type World } from './world.js';

let world: World;
let consoles: Record<'hk' | 'cn', Partner>;

beforeAll(async () => {
  world = await startWorld({ simulators: true });
  consoles = { hk: await consoleAt(world, world.hk), cn: await consoleAt(world, world.cn) };
}, 60_000);
afterAll(() => world.stop());

const STYLES = [
  { style: 'like iAM Smart', side: 'hk', city: 'hong-kong', login: 'chan.meiyee', other: 'wong.kahou', low: 'LEE' },
  { style: 'by ticket', side: 'cn', city: 'shenzhen', login: 'chan.meiyee', other: 'wong.kahou', low: 'gd-2' },
  { style: 'OpenID Connect', side: 'cn', city: 'hangzhou', login: 'shen.yuning', other: '', low: 'zj-2' },
] as const;
type Style = (typeof STYLES)[number];

const LOA = 'urn:bayway:loa:';
const levelThree = {
  claims: JSON.stringify({ id_token: { acr: { essential: true, values: [`${LOA}3`] }, auth_time: null } }),
};

const fail = (city: string, fault: Fault | ''): Promise<void> =>
  world.simulators?.fail(city, fault) ?? Promise.resolve();

/** To the city's own page. */
async function toCity({ side, city }: Style, parameters: Record<string, string> = {}, browser = new Browser()) {
  const attempt = await consoles[side].attempt({ scope: 'openid profile consent', ...parameters });
  const picker = await browser.open(attempt.url);
  return { attempt, browser, page: await browser.follow(picker, `/to/${city}`) };
}

/** Fills in the city's form, the only one on its page. */
async function signIn(browser: Browser, page: Opened, login: string): Promise<Opened> {
  const named = { ...page, html: page.html.replace('<form ', '<form id="city" ') };
  return browser.submit(named, 'city', { account: login, pin: PIN, do: 'sign-in' });
}

const through = async (style: Style, parameters: Record<string, string> = {}, browser = new Browser()) => {
  const at = await toCity(style, parameters, browser);
  const page = at.page.html.includes('id="account"') ? await signIn(browser, at.page, style.login) : at.page;
  return { ...at, page };
};

describe.each(STYLES)('a city that is spoken to $style', (style) => {
  const { side, city, login } = style;
  afterEach(() => fail(city, ''));

  it('signs her in, with her name, the level and the time it saw her', async () => {
    const { attempt, page } = await through(style, levelThree);
    const claims = (await consoles[side].redeem(attempt, page.url)).claims();
    expect(claims).toMatchObject({ name: login === 'shen.yuning' ? '沈雨宁' : '陳美怡', acr: `${LOA}3` });
    expect(Number(claims?.auth_time)).toBeGreaterThan(Date.now() / 1000 - 60);
    const [row] = await world[side].rows.query<{ documents: string }[]>(
      'select count(*)::int as documents from resident_document',
    );
    expect(Number(row?.documents)).toBeGreaterThan(0);
  });

  it('lets her through again on its own session, and asks again when a recent sign-in is wanted', async () => {
    const browser = new Browser();
    await through(style, {}, browser);
    browser.dropCookies(/^(hk|cn)_identity_session/);
    const again = await toCity(style, {}, browser);
    expect(new URL(again.page.url).hostname).toBe(CLIENT_HOST);
    browser.dropCookies(/^(hk|cn)_identity_session/);
    const anew = await toCity(style, { prompt: 'login' }, browser);
    expect(anew.page.html).toContain('id="account"');
    browser.dropCookies(/^(hk|cn)_identity_session/);
    expect((await toCity(style, { max_age: '0' }, browser)).page.html).toContain('id="account"');
  });

  it('she goes away there: the client hears access_denied', async () => {
    const { browser, page } = await toCity(style);
    const named = { ...page, html: page.html.replace('<form ', '<form id="city" ') };
    const back = await browser.submit(named, 'city', { do: 'cancel' });
    expect(paramsOf(back).get('error')).toBe('access_denied');
  });

  it('down: the choice says that it cannot be reached, and stays', async () => {
    await fail(city, 'down');
    const { page } = await toCity(style);
    expect(page.status).toBe(200);
    expect(textOf(page)).toContain('cannot be reached now. Try again, or choose another one');
    expect(page.html).toContain(`/to/${city}"`);
  });

  it('slow once she is there: the choice says so after some seconds, and the next attempt works', async () => {
    const { browser, page } = await toCity(style);
    await fail(city, 'slow');
    const before = Date.now();
    const back = await signIn(browser, page, login);
    expect(Date.now() - before).toBeLessThan(7_500);
    expect(textOf(back)).toContain('cannot be reached now');
    await fail(city, '');
    const again = await browser.follow(back, `/to/${city}`);
    expect(new URL(again.url).hostname).toBe(CLIENT_HOST);
  });

  it('wrong signature: nothing of the answer is used, and the choice says so', async () => {
    const seen = 'select * from upstream_account order by sub';
    const before = await world[side].rows.query(seen);
    const { browser, page } = await toCity(style);
    await fail(city, 'wrong-signature');
    const back = await signIn(browser, page, login);
    expect(textOf(back)).toContain('could not be verified, and nothing of it was used');
    expect(await world[side].rows.query(seen)).toEqual(before);
  });

  it('a key changed a moment ago: she notices nothing', async () => {
    await through(style);
    const { attempt, browser, page } = await toCity(style);
    await fail(city, 'rotated-key');
    const back = await signIn(browser, page, login);
    expect((await consoles[side].redeem(attempt, back.url)).claims()?.name).toBeDefined();
  });

  it('stale metadata: the choice says that it went wrong; what was known is forgotten', async () => {
    await through(style);
    const { attempt, browser, page } = await toCity(style);
    await fail(city, 'stale-metadata');
    const back = await signIn(browser, page, login);
    expect(textOf(back)).toMatch(/cannot be reached now|could not be verified/);
    if (style.style !== 'OpenID Connect') await fail(city, '');
    const again = await browser.follow(back, `/to/${city}`);
    expect((await consoles[side].redeem(attempt, again.url)).claims()?.name).toBeDefined();
    await fail(city, '');
    await through(style);
  });

  it('a lower level than asked: a page says which is needed and how to reach it', async () => {
    await fail(city, 'low-level');
    const { browser, page } = await through(style, levelThree);
    expect(page.status).toBe(403);
    expect(textOf(page)).toContain('the level 3 that is needed here');
    expect(page.html).toContain('id="raise"');
    const back = await browser.submit(page, 'cancel-form', { do: 'cancel' });
    expect(paramsOf(back).get('error')).toBe('unmet_authentication_requirements');
  });

  it('another person than the session’s: a page says so, and the session stays hers', async () => {
    const browser = new Browser();
    const first = await through(style, {}, browser);
    const sub = (await consoles[side].redeem(first.attempt, first.page.url)).claims()?.sub;
    await fail(city, 'other-person');
    await sleep(2_500);
    const { page } = await through(style, { max_age: '1' }, browser);
    expect(textOf(page)).toContain('Somebody else signed in');
    await fail(city, '');
    const attempt = await consoles[side].attempt({ scope: 'openid profile consent' });
    const after = await browser.open(attempt.url);
    expect((await consoles[side].redeem(attempt, after.url)).claims()?.sub).toBe(sub);
  });
});

describe('an answer of another city', () => {
  it('does not pass for one that was asked, and does not end the trip', async () => {
    const { attempt, browser, page } = await toCity(STYLES[1]);
    browser.stopAt = (url) => url.includes('/cb/shenzhen');
    const back = await signIn(browser, page, STYLES[1].login);
    browser.stopAt = null;
    for (const path of ['/cb/hangzhou', '/cb'])
      expect((await browser.open(back.url.replace('/cb/shenzhen', path))).status).toBe(400);
    const on = await browser.open(back.url);
    expect((await consoles.cn.redeem(attempt, on.url)).claims()?.name).toBe('陳美怡');
  });
});
