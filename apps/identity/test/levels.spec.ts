import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Browser, CLIENT_HOST, textOf, type Opened } from './browser.js';
import type { Registered } from './city.js';
import type { Attempt, Partner } from './partner.js';
import { isAsk, isPicker, obtain, paramsOf, reachAsk, signInAt } from './walk.js';
import { CAREFUL, creditReport, enrol, partnerAt, startWorld, type World } from './world.js';

let world: World;
let bank: Partner;

beforeAll(async () => {
  world = await startWorld();
  bank = await partnerAt(world, world.hk);
}, 60_000);
afterAll(() => world.stop());
beforeEach(() => {
  for (const { others, city } of [world.hk, world.cn]) {
    others.level = 3;
    city.backdate = 0;
  }
});

const LOA = 'urn:bayway:loa:';
const essential = (level: number) => ({
  claims: JSON.stringify({ id_token: { acr: { essential: true, values: [`${LOA}${level}`] } } }),
});

/** What the partner hears once she leaves the page that says what is missing. */
async function heardOnLeaving(browser: Browser, page: Opened, attempt: Attempt): Promise<string | null> {
  expect(page.status).toBe(403);
  const back = await browser.submit(page, 'cancel-form', { do: 'cancel' });
  expect(new URL(back.url).hostname).toBe(CLIENT_HOST);
  expect(paramsOf(back).get('state')).toBe(attempt.checks.expectedState);
  return paramsOf(back).get('error');
}

/** Her city of a side has another level for her. */
function setLevel(side: 'hk' | 'cn', login: string, acr: string): void {
  const { people } = world[side].city;
  people.set(login, { ...(people.get(login) as Registered), acr });
}

/** Sessions at the Hong Kong city become older. */
function ageSessions(seconds = 600): void {
  for (const session of world.hk.city.sessions()) session.loginTs = Number(session.loginTs) - seconds;
}

/** From a partner's plain sign-in to what comes back from the city. */
async function plainly(login: string, parameters: Record<string, string>, browser = new Browser(), partner = bank) {
  const attempt = await partner.attempt(parameters);
  browser.visited = [];
  const picker = await browser.open(attempt.url);
  const form = await browser.follow(picker, '/to/hong-kong');
  const asked = new URL(browser.visited.find((url) => url.startsWith(`${world.hk.city.issuer}/auth`)) ?? '');
  const page = form.html.includes('id="city"') ? await browser.submit(form, 'city', { account: login }) : form;
  return { attempt, browser, asked: asked.searchParams, page };
}

const claimsOf = async (partner: Partner, { attempt, page }: { attempt: Attempt; page: Opened }) =>
  (await partner.redeem(attempt, page.url)).claims();

describe('a level that is needed for a record', () => {
  it('too low at her own city: a page that says how to raise it, then unmet_authentication_requirements', async () => {
    enrol(world, 'low', { hk: 'iamsmart' });
    const { attempt, page, browser } = await reachAsk(world, bank, { login: 'low' });
    expect(browser.visited.length).toBeLessThan(15);
    expect(textOf(page)).toContain('the level 3 that is needed here');
    expect(textOf(page)).toContain('Upgrade to iAM Smart+');
    expect(await heardOnLeaving(browser, page, attempt)).toBe('unmet_authentication_requirements');
  });

  it('too low on the other side: the same, and no link', async () => {
    enrol(world, 'lowthere', { cn: 'gd-2' });
    const before = await world.cn.rows.query('select count(*)::int as n from link');
    const { attempt, page, browser } = await reachAsk(world, bank, { login: 'lowthere' });
    expect(await heardOnLeaving(browser, page, attempt)).toBe('unmet_authentication_requirements');
    expect(await world.cn.rows.query('select count(*)::int as n from link')).toEqual(before);
  });

  it('raised in the meantime: she goes on from that page', async () => {
    enrol(world, 'raised', { hk: 'iamsmart' });
    const { page, browser } = await reachAsk(world, bank, { login: 'raised' });
    setLevel('hk', 'raised', 'iamsmart-plus');
    ageSessions();
    const picker = await browser.follow(page, '?again=1');
    expect(isPicker(await signInAt(browser, picker, 'hong-kong', 'raised'), 'shenzhen')).toBe(true);
  });

  it('a session of a lower level is stepped up at the city, once (Keycloak #17524)', async () => {
    enrol(world, 'up', { hk: 'iamsmart' });
    const browser = new Browser();
    const plain = await bank.attempt({});
    await signInAt(browser, await browser.open(plain.url), 'hong-kong', 'up');
    setLevel('hk', 'up', 'iamsmart-plus');
    ageSessions();
    const attempt = await bank.attempt(creditReport());
    const picker = await browser.open(attempt.url);
    expect(textOf(picker)).toContain('Level 3 is needed');
    const city = await browser.follow(picker, '/to/hong-kong');
    expect(city.html).toContain('id="city"');
    expect(isPicker(await browser.submit(city, 'city', { account: 'up' }), 'shenzhen')).toBe(true);
  });

  it('needs more than the silent sign-in has: the other side offers its own city', async () => {
    enrol(world, 'four', { cn: 'gd-5' });
    await obtain(world, bank, { login: 'four' });
    world.cn.others.level = 4;
    const { pages, page } = await reachAsk(world, bank, { login: 'four' });
    expect(pages).toEqual(['hk picker', 'cn picker']);
    expect(isAsk(page)).toBe(true);
    expect(world.cn.others.composed.at(-1)?.level).toBe(4);
  });

  it('is never surer of her through a link than the sign-ins that made it', async () => {
    enrol(world, 'link', { cn: 'gd-4' });
    world.cn.others.level = 1;
    world.hk.others.level = 1;
    setLevel('cn', 'link', 'gd-3');
    await obtain(world, bank, { login: 'link' });
    expect(world.cn.others.composed.at(-1)?.level).toBe(2);
    expect((await obtain(world, bank, { login: 'link' })).pages).toEqual(['hk picker']);
    expect(world.cn.others.composed.at(-1)?.level).toBe(2);
    world.cn.others.level = 3;
    const low = await reachAsk(world, bank, { login: 'link' });
    expect(await heardOnLeaving(low.browser, low.page, low.attempt)).toBe('unmet_authentication_requirements');
    setLevel('cn', 'link', 'gd-4');
    expect((await obtain(world, bank, { login: 'link' })).pages).toEqual(['hk picker', 'cn picker']);
    expect((await obtain(world, bank, { login: 'link' })).pages).toEqual(['hk picker']);
    expect(world.cn.others.composed.at(-1)?.level).toBe(3);
  }, 120_000);
});

describe('a level that the client asks for', () => {
  it('essential: reached, or refused', async () => {
    enrol(world, 'essential', { hk: 'iamsmart' });
    const { asked, page, browser, attempt } = await plainly('essential', essential(3));
    expect(asked.get('acr_values')).toBe('iamsmart-plus');
    expect(await heardOnLeaving(browser, page, attempt)).toBe('unmet_authentication_requirements');
    setLevel('hk', 'essential', 'iamsmart-plus');
    expect((await claimsOf(bank, await plainly('essential', essential(3))))?.acr).toBe(`${LOA}3`);
  });

  it('acr_values: forwarded to the city in its own values, and verified on return', async () => {
    enrol(world, 'voluntary', { hk: 'iamsmart' });
    const { asked, page, browser, attempt } = await plainly('voluntary', { acr_values: `${LOA}4 ${LOA}3` });
    expect(asked.get('acr_values')).toBe('iamsmart-plus');
    expect(await heardOnLeaving(browser, page, attempt)).toBe('unmet_authentication_requirements');
  });

  it('the client’s standing level: forwarded and verified like one in the request (Keycloak #42625)', async () => {
    enrol(world, 'standing', { hk: 'iamsmart' });
    const careful = await partnerAt(world, world.hk, CAREFUL);
    const { asked, page, browser, attempt } = await plainly('standing', {}, new Browser(), careful);
    expect(asked.get('acr_values')).toBe('iamsmart-plus');
    expect(await heardOnLeaving(browser, page, attempt)).toBe('unmet_authentication_requirements');
  });

  it('one that nobody has: refused at once, before she is sent anywhere', async () => {
    const claims = JSON.stringify({ id_token: { acr: { essential: true, value: 'urn:other:very-high' } } });
    const attempt = await bank.attempt({ claims });
    const page = await new Browser().open(attempt.url);
    expect(paramsOf(page).get('error')).toBe('unmet_authentication_requirements');
  });

  it('keeps what the city said through a peer, and lowers it by the link, never to 1 (Keycloak #25335)', async () => {
    enrol(world, 'through', { hk: 'iamsmart-plus', cn: 'gd-4' });
    await obtain(world, bank, { login: 'through' });
    const browser = new Browser();
    const attempt = await bank.attempt(essential(3));
    // Hong Kong sends her to the Mainland, which has no link from there yet: she signs in on both sides, and is bound.
    const there = await browser.follow(await browser.open(attempt.url), '/to/cn');
    const back = await signInAt(browser, there, 'shenzhen', 'through');
    expect(isPicker(back, 'hong-kong')).toBe(true);
    const page = await signInAt(browser, back, 'hong-kong', 'through');
    expect((await bank.redeem(attempt, page.url)).claims()?.acr).toBe(`${LOA}3`);
    const again = new Browser();
    const later = await bank.attempt(essential(3));
    const straight = await signInAt(
      again,
      await again.follow(await again.open(later.url), '/to/cn'),
      'shenzhen',
      'through',
    );
    expect((await bank.redeem(later, straight.url)).claims()?.acr).toBe(`${LOA}3`);
  });
});

describe('how recent a sign-in has to be', () => {
  it('the time told to the client is the city’s, not ours', async () => {
    enrol(world, 'older');
    const browser = new Browser();
    await plainly('older', {}, browser);
    ageSessions(7_200);
    browser.dropCookies(/^hk_identity_/);
    const asking = { claims: JSON.stringify({ id_token: { auth_time: { essential: true } } }) };
    const claims = await claimsOf(bank, await plainly('older', asking, browser));
    expect(Number(claims?.auth_time)).toBeLessThan(Date.now() / 1000 - 7_000);
  });

  it('max_age goes on to the city, which signs her in again', async () => {
    enrol(world, 'aged');
    const browser = new Browser();
    await plainly('aged', {}, browser);
    ageSessions(7_200);
    browser.dropCookies(/^hk_identity_/);
    const { asked, page, attempt } = await plainly('aged', { max_age: '600' }, browser);
    expect(asked.get('max_age')).toBe('600');
    const claims = (await bank.redeem(attempt, page.url)).claims();
    expect(Number(claims?.auth_time)).toBeGreaterThan(Date.now() / 1000 - 600);
  });

  it.each([
    ['max_age', { max_age: '600' }],
    ['prompt=login', { prompt: 'login' }],
  ])('%s, and the city let her through on an older sign-in: a page, and no sign-in', async (what, parameters) => {
    const login = `stale-${what.replace('=', '')}`;
    enrol(world, login);
    world.hk.city.backdate = 3_600;
    const { page, browser, attempt } = await plainly(login, parameters);
    expect(textOf(page)).toContain('You were not asked to sign in again');
    expect(await heardOnLeaving(browser, page, attempt)).toBe('unmet_authentication_requirements');
  });

  it('signed in once more, and another person comes back: her session stays hers, and a page says so', async () => {
    enrol(world, 'owner', { hk: 'iamsmart' });
    enrol(world, 'guest');
    const browser = new Browser();
    const first = await plainly('owner', {}, browser);
    const sub = (await claimsOf(bank, first))?.sub;
    ageSessions();
    const { page } = await plainly('guest', essential(3), browser);
    expect(textOf(page)).toContain('Somebody else signed in');
    const attempt = await bank.attempt({});
    const after = await browser.open(attempt.url);
    expect((await bank.redeem(attempt, after.url)).claims()?.sub).toBe(sub);
  });
});
