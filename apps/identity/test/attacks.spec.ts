import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import type { ResponseBodyError } from 'openid-client';
import { Browser, textOf, type Opened } from './browser.js';
import { Partner, strangeKey } from './partner.js';
import { AGREE, isAsk, isPicker, obtain, paramsOf, reachAsk, signInAt } from './walk.js';
import { consoleAt, creditReport, enrol, partnerAt, RECIPIENT, startWorld, type World } from './world.js';

let world: World;
let bank: Partner;

beforeAll(async () => {
  world = await startWorld();
  bank = await partnerAt(world, world.hk);
}, 60_000);
afterAll(() => world.stop());

const refused = (work: Promise<unknown>): Promise<ResponseBodyError> =>
  work.then(
    () => Promise.reject(new Error('was let pass')),
    (error: unknown) => error as ResponseBodyError,
  );

const statesOf = (): string[] => world.cn.others.answers().map(({ state }) => state);

/** The Hong Kong provider's own credentials, in the wrong hands or used wrongly. */
const asPeer = (): Promise<Partner> =>
  Partner.connect(world.cn.issuer, 'op-hk', world.trust.key('hk/identity', 'client'));

const peerRequest = (over: Record<string, unknown> = {}): Record<string, string> => {
  const [detail] = JSON.parse(creditReport().authorization_details ?? '[]') as [Record<string, unknown>];
  const routed = {
    ...detail,
    importer: 'hk',
    recipient: RECIPIENT,
    request_id: '5b0b7cc6-7d0f-4d36-9f4e-0f7b7d6f0a11',
    ...over,
  };
  const redirect_uri = `${world.hk.issuer}/cb`;
  return { redirect_uri, authorization_details: JSON.stringify([routed]), login_hint: 'x'.repeat(43) };
};

describe('another person', () => {
  it('an older session of another person at the other provider is not used', async () => {
    enrol(world, 'alice');
    enrol(world, 'bob');
    await obtain(world, bank, { login: 'bob' });
    const browser = new Browser();
    const portal = await consoleAt(world, world.cn);
    const attempt = await portal.attempt({ scope: 'openid consent' });
    await signInAt(browser, await browser.open(attempt.url), 'shenzhen', 'alice');

    const { pages, page } = await reachAsk(world, bank, { login: 'bob', browser });
    expect(pages).toEqual(['hk picker']);
    expect(isAsk(page)).toBe(true);
    expect(world.cn.others.composed.at(-1)?.displayName).toBe('BOB');
  });

  it('somebody else’s identity on the other side is neither bound nor used', async () => {
    enrol(world, 'carol');
    enrol(world, 'dave');
    await obtain(world, bank, { login: 'carol' });
    const links = await world.cn.rows.query('select * from link order by id');
    const browser = new Browser();
    const attempt = await bank.attempt(creditReport());
    const away = await signInAt(browser, await browser.open(attempt.url), 'hong-kong', 'dave');
    const page = await signInAt(browser, away, 'shenzhen', 'carol');
    expect(page.status).toBe(403);
    expect(textOf(page)).toContain('belongs to somebody else');
    expect(await world.cn.rows.query('select * from link order by id')).toEqual(links);
    const back = await browser.submit(page, 'cancel-form', { do: 'cancel' });
    expect(paramsOf(back).get('error')).toBe('access_denied');
  });

  it('she who is bound cannot use another identity there, and may try again with her own', async () => {
    enrol(world, 'erin');
    enrol(world, 'frank');
    await obtain(world, bank, { login: 'erin' });
    world.cn.others.level = 4;
    const browser = new Browser();
    const attempt = await bank.attempt(creditReport());
    const picker = await signInAt(browser, await browser.open(attempt.url), 'hong-kong', 'erin');
    world.cn.others.level = 3;
    world.cn.city.people.set('frank', {
      ...(world.cn.city.people.get('frank') as never as object),
      acr: 'gd-5',
    } as never);
    const page = await signInAt(browser, picker, 'shenzhen', 'frank');
    expect(page.status).toBe(403);
    const again = await browser.follow(page, '?again=1');
    expect(isPicker(again, 'shenzhen')).toBe(true);
  });

  it('signed in as another person than the peer means: refused', async () => {
    enrol(world, 'grace');
    const browser = new Browser();
    const plain = await bank.attempt({});
    await signInAt(browser, await browser.open(plain.url), 'hong-kong', 'grace');
    const attempt = await (await asPeer()).attempt(peerRequest());
    const page = await browser.open(attempt.url);
    expect(page.status).toBe(403);
    expect(textOf(page)).toContain('Somebody else is signed in in Hong Kong');
    expect(isAsk(page)).toBe(false);
  });
});

describe('an address in other hands', () => {
  it('the other provider’s address forwarded: whoever consents there leaves nothing that can be used', async () => {
    enrol(world, 'heidi');
    enrol(world, 'ivan');
    const attempt = await bank.attempt(creditReport());
    const heidi = new Browser();
    await signInAt(heidi, await heidi.open(attempt.url), 'hong-kong', 'heidi');
    const forwarded = heidi.visited.find((url) => url.startsWith(`${world.cn.issuer}/auth?`)) ?? '';
    const ivan = new Browser();
    const plain = await bank.attempt({});
    await signInAt(ivan, await ivan.open(plain.url), 'hong-kong', 'ivan');
    const page = await ivan.open(forwarded);
    expect(isAsk(page)).toBe(false);
    expect(textOf(page)).toContain('Somebody else is signed in');
  });

  it('a callback in another browser, or a second time, is refused before anything is redeemed', async () => {
    enrol(world, 'judy');
    const { browser, page } = await reachAsk(world, bank, { login: 'judy' });
    const given = statesOf().filter((state) => state === 'given').length;
    const stopped = await stopBefore(browser, page, `${world.hk.issuer}/cb`);
    const stranger = await new Browser().open(stopped);
    expect(stranger.status).toBe(400);
    expect(statesOf().at(-1)).toBe('pending');
    const first = await browser.open(stopped);
    expect(paramsOf(first).has('code')).toBe(true);
    expect(statesOf().filter((state) => state === 'given')).toHaveLength(given + 1);
    const second = await browser.open(stopped);
    expect(second.status).toBe(400);
    expect(statesOf().filter((state) => state === 'given')).toHaveLength(given + 1);
  });

  it('a callback that names another issuer is refused, and the true one still works', async () => {
    enrol(world, 'kim');
    const { browser, page, attempt } = await reachAsk(world, bank, { login: 'kim' });
    const callback = await stopBefore(browser, page, `${world.hk.issuer}/cb`);
    const wrong = new URL(callback);
    wrong.searchParams.set('iss', 'http://attacker.example');
    expect((await browser.open(wrong.href)).status).toBe(400);
    const back = await browser.open(callback);
    expect((await bank.redeem(attempt, back.url)).access_token).toBeTruthy();
  });

  it('a callback after her session at the importer has gone leaves the consent pending', async () => {
    enrol(world, 'lost');
    const { browser, page } = await reachAsk(world, bank, { login: 'lost' });
    const callback = await stopBefore(browser, page, `${world.hk.issuer}/cb`);
    browser.dropCookies(/hk_identity_session/);
    expect((await browser.open(callback)).status).toBe(400);
    expect(statesOf().at(-1)).toBe('pending');
  });

  it('a page of an interaction is of the browser it began in', async () => {
    enrol(world, 'mallory');
    const { page } = await reachAsk(world, bank, { login: 'mallory' });
    const stranger = await new Browser().open(page.url);
    expect(stranger.status).toBe(400);
    expect(isAsk(stranger)).toBe(false);
  });
});

/** Sends the answers, and stops before the browser would open the address that begins so. */
async function stopBefore(browser: Browser, page: Opened, beginning: string): Promise<string> {
  browser.stopAt = (url) => url.startsWith(beginning);
  const { url } = await browser.submit(page, 'ask', AGREE);
  browser.stopAt = null;
  return url;
}

describe('forms', () => {
  it('without its token a form does nothing', async () => {
    enrol(world, 'csrf');
    const { browser, page } = await reachAsk(world, bank, { login: 'csrf' });
    const before = statesOf().length;
    const again = await browser.submit(page, 'ask', { ...AGREE, csrf: 'forged' });
    expect(isAsk(again)).toBe(true);
    expect(statesOf()).toHaveLength(before);
  });

  it('what was shown cannot be exchanged for something else', async () => {
    enrol(world, 'shown');
    const { browser, page } = await reachAsk(world, bank, { login: 'shown' });
    const before = statesOf().length;
    const [body = ''] = (/name="shown" value="([^"]+)"/.exec(page.html)?.[1] ?? '').split('.');
    const altered = { ...(JSON.parse(Buffer.from(body, 'base64url').toString()) as object), acts: ['overseas'] };
    const shown = `${Buffer.from(JSON.stringify(altered)).toString('base64url')}.${'a'.repeat(43)}`;
    await browser.submit(page, 'ask', { ...AGREE, shown });
    expect(statesOf()).toHaveLength(before);
  });

  it('every page is framed by nobody, runs no script and is not kept', async () => {
    const attempt = await bank.attempt({});
    const { headers } = await new Browser().open(attempt.url);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('cache-control')).toBe('no-store');
  });
});

describe('pushed requests', () => {
  const pushed = (parameters: Record<string, unknown>) =>
    refused(bank.attempt({ scope: 'openid data', authorization_details: JSON.stringify([parameters]) }));
  const detail = () => (JSON.parse(creditReport().authorization_details ?? '[]') as Record<string, unknown>[])[0] ?? {};

  it.each([
    ['an unknown member', { surplus: 1 }],
    ['no items', { items: [] }],
    ['members only the importer may add', { importer: 'hk', recipient: 'other-bank' }],
    ['an unknown exporter', { exporter: 'sg' }],
    ['a purpose of another kind', { purpose: { code: 'curiosity' } }],
    ['too many uses', { max_uses: 100_000 }],
  ])('with %s: invalid_authorization_details', async (_what, over) => {
    const assessed = world.hk.others.assessed.length;
    const error = await pushed({ ...detail(), ...over });
    expect(error.status).toBe(400);
    expect(error.cause).toMatchObject({ error: 'invalid_authorization_details', code: 'request-invalid' });
    expect(world.hk.others.assessed).toHaveLength(assessed);
  });

  it('for two records at once: refused', async () => {
    const two = JSON.stringify([detail(), detail()]);
    const error = await refused(bank.attempt({ scope: 'openid data', authorization_details: two }));
    expect(error.error).toBe('invalid_authorization_details');
  });

  it('for another audience: invalid_target', async () => {
    const error = await refused(bank.attempt({ ...creditReport(), resource: 'urn:bayway:hk:consent' }));
    expect(error.error).toBe('invalid_target');
  });

  it('signed with a key that stands in no directory: invalid_client', async () => {
    const stranger = await Partner.connect(world.hk.issuer, RECIPIENT, await strangeKey());
    const error = await refused(stranger.attempt(creditReport()));
    expect([error.status, error.error]).toEqual([401, 'invalid_client']);
  });

  it('a request that was not pushed: refused', async () => {
    const url = new URL(`${world.hk.issuer}/auth`);
    url.search = new URLSearchParams({ client_id: RECIPIENT, response_type: 'code', scope: 'openid' }).toString();
    const page = await new Browser().open(url.href);
    expect(page.status).toBe(400);
    expect(textOf(page)).toContain('invalid_request');
  });

  it('used up: it opens nothing any more', async () => {
    enrol(world, 'used');
    const { browser, attempt } = await obtain(world, bank, { login: 'used' });
    const page = await browser.open(attempt.url);
    expect(page.status).toBe(400);
    expect(textOf(page)).toContain('invalid_request_uri');
  });

  it('a code used twice: invalid_grant, and its grant is gone', async () => {
    enrol(world, 'code');
    const { attempt, back, tokens } = await obtain(world, bank, { login: 'code' });
    expect((await refused(bank.redeem(attempt, back.url))).error).toBe('invalid_grant');
    expect((await refused(bank.refresh(tokens.refresh_token ?? ''))).error).toBe('invalid_grant');
  });
});

describe('a peer', () => {
  it('may not ask for records of a third side: no transit', async () => {
    const error = await refused((await asPeer()).attempt(peerRequest({ exporter: 'mo' })));
    expect(error.error).toBe('invalid_authorization_details');
    expect(error.error_description).toContain('own side only');
  });

  it('may not speak for another importer', async () => {
    const error = await refused((await asPeer()).attempt(peerRequest({ importer: 'mo' })));
    expect(error.error).toBe('invalid_authorization_details');
  });

  it('must say whom it means', async () => {
    const { login_hint: _hint, ...rest } = peerRequest();
    expect((await refused((await asPeer()).attempt(rest))).error).toBe('invalid_request');
  });

  it('may push the same request again, as after a broken connection, but no other under its name', async () => {
    const peer = await asPeer();
    const request_id = '0e3c2e60-9a2e-4df4-8a52-8b5dc5f9b7a1';
    await peer.attempt(peerRequest({ request_id }));
    await peer.attempt(peerRequest({ request_id }));
    const error = await refused(peer.attempt(peerRequest({ request_id, max_uses: 9 })));
    expect(error.cause).toMatchObject({ code: 'data-request-replayed' });
  });

  it('is never sent round in circles: with no session anywhere it sees a page', async () => {
    const browser = new Browser();
    const attempt = await (await asPeer()).attempt(peerRequest({ request_id: '2c1f3d37-8e10-4c44-a6ad-0b0ab5d6f9e2' }));
    const page = await browser.open(attempt.url);
    expect(isPicker(page, 'shenzhen')).toBe(true);
    expect(isPicker(page, 'hk')).toBe(false);
    expect(browser.visited.length).toBeLessThan(8);
    enrol(world, 'noproof');
    const refusedPage = await signInAt(browser, page, 'shenzhen', 'noproof');
    expect(textOf(refusedPage)).toContain('We could not see your sign-in in Hong Kong');
  });

  it('gets no lasting name of her with a record: the subject is the handle', async () => {
    enrol(world, 'handle');
    const { tokens } = await obtain(world, bank, { login: 'handle' });
    const [detail] = decodeJwt(tokens.access_token).authorization_details as { subject_handle: string }[];
    const links = await world.cn.rows.query('select peer_sub, resident_id from link');
    const lasting = links.flatMap((link: Record<string, string>) => Object.values(link));
    expect(lasting).not.toContain(detail?.subject_handle);
    expect(JSON.stringify(decodeJwt(tokens.access_token))).not.toMatch(/H00\d{6}|HANDLE|名/);
  });
});
