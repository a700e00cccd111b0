import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { assess, composeAsk, DomainError, type ProblemCode } from '@bayway/contracts';
import type { ResponseBodyError } from 'openid-client';
import { Browser, CLIENT_HOST, textOf, type Opened } from './browser.js';
import type { Attempt, Partner } from './partner.js';
import { AGREE, isPicker, obtain, paramsOf, reachAsk, signInAt } from './walk.js';
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
    Object.assign(others, { refusal: null, refusedAtAsk: null, problemAtAsk: null, level: 3, tamper: null });
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

describe('what consent will not ask', () => {
  it.each<ProblemCode>(['limit-exceeded', 'consent-not-renewable', 'consent-not-found'])(
    '%s: the partner hears the code, not that something broke',
    async (code) => {
      enrol(world, code);
      world.cn.others.problemAtAsk = new DomainError(code);
      const { attempt, page } = await reachAsk(world, bank, { login: code });
      expect(heard(page, attempt)).toBe('invalid_authorization_details');
      expect(paramsOf(page).get('error_description')).toBe(code);
    },
  );
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
