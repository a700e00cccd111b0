import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { assess, composeAsk } from '@bayway/contracts';
import type { ResponseBodyError } from 'openid-client';
import { Browser, CLIENT_HOST, textOf, type Opened } from './browser.js';
import type { Registered } from './city.js';
import type { Attempt, Partner } from './partner.js';
import { AGREE, isAsk, isPicker, obtain, paramsOf, reachAsk, signInAt } from './walk.js';
import { creditReport, enrol, partnerAt, startWorld, type World } from './world.js';

let world: World;
let bank: Partner;

beforeAll(async () => {
  world = await startWorld();
  bank = await partnerAt(world, world.hk);
}, 60_000);
afterAll(() => world.stop());
beforeEach(() => {
  for (const { others } of [world.hk, world.cn]) {
    others.serveAll();
    Object.assign(others, { refusal: null, refusedAtAsk: null, level: 3, tamper: null });
  }
});

const refusedPush = (attempt: Promise<Attempt>): Promise<ResponseBodyError> =>
  attempt.then(
    () => Promise.reject(new Error('was let pass')),
    (error: unknown) => error as ResponseBodyError,
  );

/** What the partner hears at its redirect URI. */
function heard(page: Opened, attempt: Attempt): string | null {
  expect(new URL(page.url).hostname).toBe(CLIENT_HOST);
  const params = paramsOf(page);
  expect(params.get('state')).toBe(attempt.checks.expectedState);
  expect(params.get('iss')).toBe(world.hk.issuer);
  return params.get('error');
}

const consents = (): number => world.cn.others.consents.size;

describe('before she is asked', () => {
  it('answers a pushed request that the law forbids with rule, article, jurisdiction and reasons', async () => {
    const refusal = {
      code: 'request-not-lawful' as const,
      jurisdiction: 'cn' as const,
      rule: 'CN-PIPL-38',
      article: 'PIPL article 38',
      reasons: ['no-mechanism'],
    };
    world.hk.others.refusal = refusal;
    const error = await refusedPush(bank.attempt(creditReport()));
    expect(error.status).toBe(400);
    expect(error.cause).toMatchObject({ error: 'invalid_authorization_details', ...refusal });
  });

  it('answers temporarily_unavailable when the brokers do not answer', async () => {
    world.hk.others.silence(assess);
    expect((await refusedPush(bank.attempt(creditReport()))).error).toBe('temporarily_unavailable');
  });

  it('tells the partner of a refusal by the other side after her sign-in, with the rule', async () => {
    enrol(world, 'late');
    world.cn.others.refusal = {
      code: 'request-not-permitted-yet',
      jurisdiction: 'cn',
      rule: 'CN-SC-7',
      article: null,
      reasons: [],
    };
    const browser = new Browser();
    const attempt = await bank.attempt(creditReport());
    const page = await signInAt(browser, await browser.open(attempt.url), 'hong-kong', 'late');
    expect(heard(page, attempt)).toBe('invalid_authorization_details');
    expect(paramsOf(page).get('error_description')).toContain('request-not-permitted-yet');
  });

  it('shows consent’s page when the rules refuse at the ask, and passes code and rule on', async () => {
    enrol(world, 'atask');
    world.cn.others.refusedAtAsk = {
      code: 'request-needs-review',
      jurisdiction: 'cn',
      rule: 'CN-9',
      article: null,
      reasons: [],
    };
    const { browser, attempt, page } = await reachAsk(world, bank, { login: 'atask' });
    expect(textOf(page)).toContain('a person has to look at it');
    const back = await browser.submit(page, 'cancel-form', { do: 'cancel' });
    expect(heard(back, attempt)).toBe('invalid_authorization_details');
    expect(paramsOf(back).get('error_description')).toBe('request-needs-review: CN-9');
  });
});

describe('her answers', () => {
  it('one act refused: access_denied, and nothing that can be used', async () => {
    enrol(world, 'one');
    const { browser, attempt, page } = await reachAsk(world, bank, { login: 'one' });
    const back = await browser.submit(page, 'ask', { ...AGREE, 'act.overseas': 'refuse' });
    expect(heard(back, attempt)).toBe('access_denied');
    expect(world.cn.others.answers().at(-1)).toEqual({
      state: 'refused',
      acts: { 'other-handler': 'agree', overseas: 'refuse' },
    });
  });

  it('“agree to none” refuses every act, whatever else the form says', async () => {
    enrol(world, 'none');
    const { browser, attempt, page } = await reachAsk(world, bank, { login: 'none' });
    const back = await browser.submit(page, 'ask', { ...AGREE, do: 'none' });
    expect(heard(back, attempt)).toBe('access_denied');
    expect(world.cn.others.answers().at(-1)?.acts).toEqual({ 'other-handler': 'refuse', overseas: 'refuse' });
  });

  it('one missing: the same page with 422, the other answer kept, the fragment unchanged', async () => {
    enrol(world, 'missing');
    const { browser, attempt, page } = await reachAsk(world, bank, { login: 'missing' });
    const before = consents();
    const again = await browser.submit(page, 'ask', { 'act.overseas': 'agree', do: 'answers' });
    expect(again.status).toBe(422);
    expect(consents()).toBe(before);
    expect(textOf(again)).toContain('for part 1');
    const fragment = /<h1>May tsing.*none<\/button>/s;
    expect(fragment.exec(again.html)?.[0]).toBe(fragment.exec(page.html)?.[0]);
    const back = await browser.submit(again, 'ask', { 'act.other-handler': 'agree', do: 'answers' });
    expect((await bank.redeem(attempt, back.url)).access_token).toBeTruthy();
  });

  it('nothing is chosen beforehand, and optional items go along only when ticked', async () => {
    enrol(world, 'optional');
    const { browser, page } = await reachAsk(world, bank, { login: 'optional' });
    expect(page.html).not.toContain('checked');
    await browser.submit(page, 'ask', { ...AGREE, 'optional.enquiries': 'enquiries' });
    expect([...world.cn.others.consents.values()].at(-1)?.optionalItems).toEqual(['enquiries']);
  });

  it('sent twice by an impatient finger: one consent, and both lead to the same place', async () => {
    enrol(world, 'twice');
    const { browser, attempt, page } = await reachAsk(world, bank, { login: 'twice' });
    const before = consents();
    const backs = await Promise.all([browser.submit(page, 'ask', AGREE), browser.submit(page, 'ask', AGREE)]);
    expect(consents()).toBe(before + 1);
    const arrived = backs.find((back) => paramsOf(back).has('code'));
    expect(arrived).toBeDefined();
    expect((await bank.redeem(attempt, arrived?.url ?? '')).access_token).toBeTruthy();
  });

  it('a page whose bytes are not those of the digest is not shown', async () => {
    enrol(world, 'tamper');
    world.cn.others.tamper = (html) => html.replace('get it', 'have it');
    const { attempt, page } = await reachAsk(world, bank, { login: 'tamper' });
    expect(heard(page, attempt)).toBe('server_error');
  });

  it('consent does not answer: temporarily_unavailable', async () => {
    enrol(world, 'silent');
    world.cn.others.silence(composeAsk);
    const { attempt, page } = await reachAsk(world, bank, { login: 'silent' });
    expect(heard(page, attempt)).toBe('temporarily_unavailable');
  });
});

describe('she goes away', () => {
  it.each(['at the picker', 'at her city', 'at the other picker', 'at the ask'])('%s: access_denied', async (where) => {
    const login = `away-${where.replaceAll(' ', '')}`;
    enrol(world, login);
    const browser = new Browser();
    const attempt = await bank.attempt(creditReport());
    const before = consents();
    let page = await browser.open(attempt.url);
    if (where === 'at her city') page = await signInAt(browser, page, 'hong-kong', 'nobody');
    else if (where !== 'at the picker') page = await signInAt(browser, page, 'hong-kong', login);
    if (where === 'at the ask') page = await signInAt(browser, page, 'shenzhen', login);
    if (where !== 'at her city') page = await browser.submit(page, 'cancel-form', { do: 'cancel' });
    expect(heard(page, attempt)).toBe('access_denied');
    expect(consents()).toBe(before);
  });
});

describe('levels of assurance', () => {
  it('too low at her own city: unmet_authentication_requirements, without a loop', async () => {
    enrol(world, 'low', { hk: 'iamsmart' });
    const { attempt, page, browser } = await reachAsk(world, bank, { login: 'low' });
    expect(heard(page, attempt)).toBe('unmet_authentication_requirements');
    expect(browser.visited.length).toBeLessThan(15);
  });

  it('too low on the other side: unmet_authentication_requirements, and no link', async () => {
    enrol(world, 'lowthere', { cn: 'gd-2' });
    const before = await world.cn.rows.query('select count(*)::int as n from link');
    const { attempt, page } = await reachAsk(world, bank, { login: 'lowthere' });
    expect(heard(page, attempt)).toBe('unmet_authentication_requirements');
    expect(await world.cn.rows.query('select count(*)::int as n from link')).toEqual(before);
  });

  it('a session of a lower level is stepped up at the city, once', async () => {
    enrol(world, 'up', { hk: 'iamsmart' });
    const browser = new Browser();
    const plain = await bank.attempt({});
    await signInAt(browser, await browser.open(plain.url), 'hong-kong', 'up');
    enrolLevel('up', 'iamsmart-plus');
    ageSession();
    const attempt = await bank.attempt(creditReport());
    const picker = await browser.open(attempt.url);
    expect(textOf(picker)).toContain('Level 3 is needed');
    const city = await browser.follow(picker, '/to/hong-kong');
    expect(city.html).toContain('id="city"');
    const away = await browser.submit(city, 'city', { account: 'up' });
    expect(isPicker(away, 'shenzhen')).toBe(true);
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
    world.cn.city.people.set('link', { ...(world.cn.city.people.get('link') as Registered), acr: 'gd-3' });
    await obtain(world, bank, { login: 'link' });
    expect(world.cn.others.composed.at(-1)?.level).toBe(2);
    const { pages } = await obtain(world, bank, { login: 'link' });
    expect(pages).toEqual(['hk picker']);
    expect(world.cn.others.composed.at(-1)?.level).toBe(2);
    world.cn.others.level = 3;
    const low = await reachAsk(world, bank, { login: 'link' });
    expect(heard(low.page, low.attempt)).toBe('unmet_authentication_requirements');
    world.cn.city.people.set('link', { ...(world.cn.city.people.get('link') as Registered), acr: 'gd-4' });
    expect((await obtain(world, bank, { login: 'link' })).pages).toEqual(['hk picker', 'cn picker']);
    expect((await obtain(world, bank, { login: 'link' })).pages).toEqual(['hk picker']);
    expect(world.cn.others.composed.at(-1)?.level).toBe(3);
  }, 120_000);

  it('an essential acr of a plain sign-in is reached or refused', async () => {
    enrol(world, 'essential', { hk: 'iamsmart' });
    const claims = JSON.stringify({ id_token: { acr: { essential: true, values: ['urn:bayway:loa:3'] } } });
    const attempt = await bank.attempt({ claims });
    const browser = new Browser();
    const page = await signInAt(browser, await browser.open(attempt.url), 'hong-kong', 'essential');
    expect(heard(page, attempt)).toBe('unmet_authentication_requirements');
  });
});

/** Her city raises her account. */
function enrolLevel(login: string, acr: string): void {
  const person = world.hk.city.people.get(login);
  if (person) world.hk.city.people.set(login, { ...person, acr });
}

/** Her session at the city becomes an older one. */
function ageSession(): void {
  for (const session of world.hk.city.sessions()) session.loginTs = Number(session.loginTs) - 600;
}

describe('somebody does not answer', () => {
  it('the other provider is down after her sign-in: temporarily_unavailable, and the next flow works', async () => {
    enrol(world, 'down');
    const browser = new Browser();
    const attempt = await bank.attempt(creditReport());
    const picker = await browser.open(attempt.url);
    await world.cn.identity.stop();
    const page = await signInAt(browser, picker, 'hong-kong', 'down');
    expect(heard(page, attempt)).toBe('temporarily_unavailable');
    await world.cn.start();
    expect((await obtain(world, bank, { login: 'down', browser })).tokens.access_token).toBeTruthy();
  });

  it('her city is down: the picker says so and stays', async () => {
    const attempt = await bank.attempt({});
    const browser = new Browser();
    const picker = await browser.open(attempt.url);
    await world.hk.identity.stop();
    await world.hk.start();
    await world.hk.city.stop();
    const page = await browser.follow(picker, '/to/hong-kong');
    expect(page.status).toBe(200);
    expect(textOf(page)).toContain('The sign-in of Hong Kong cannot be reached now');
    await world.hk.city.restart();
    expect(isPicker(page, 'hong-kong')).toBe(true);
  });
});
