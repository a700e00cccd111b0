import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { consentEnded, grantEnded, resolveHandle } from '@bayway/contracts';
import { decryptValue } from '@bayway/envelope';
import { decodeJwt } from 'jose';
import { randomUUID } from 'node:crypto';
import { Browser, textOf } from './browser.js';
import type { Partner } from './partner.js';
import { isPicker, obtain, reachAsk, signInAt } from './walk.js';
import { consoleAt, enrol, HOLDER, partnerAt, startWorld, type World } from './world.js';

let world: World;
let bank: Partner;
let portal: Partner;

beforeAll(async () => {
  world = await startWorld();
  bank = await partnerAt(world, world.hk);
  portal = await consoleAt(world, world.cn);
}, 60_000);
afterAll(() => world.stop());

type Detail = { consent_id: string; subject_handle: string; request_id: string };
const detailOf = (token: string): Detail => (decodeJwt(token).authorization_details as Detail[])[0] as Detail;

const PORTAL = { scope: 'openid profile consent' };

describe('the residents’ console', () => {
  it('gets a token for consent in which she is the resident, with her level and name', async () => {
    enrol(world, 'anna');
    const browser = new Browser();
    const attempt = await portal.attempt(PORTAL);
    const back = await signInAt(browser, await browser.open(attempt.url), 'shenzhen', 'anna');
    const tokens = await portal.redeem(attempt, back.url);
    const token = decodeJwt(tokens.access_token);
    expect(token).toMatchObject({ aud: 'urn:bayway:cn:consent', scope: 'consent', acr: 'urn:bayway:loa:3' });
    const [resident] = await world.cn.rows.query('select id from resident where id = $1', [token.sub]);
    expect(resident.id).toBe(tokens.claims()?.sub);
    expect(tokens.claims()).toMatchObject({ name: '名anna', name_latin: 'ANNA' });
  });

  it('lets somebody in through another side who has linked an identity there', async () => {
    enrol(world, 'berta');
    const { tokens } = await obtain(world, bank, { login: 'berta' });
    const handle = detailOf(tokens.access_token).subject_handle;
    const [row] = await world.cn.rows.query('select resident_id from subject_handle where handle = $1', [handle]);

    const browser = new Browser();
    const attempt = await portal.attempt(PORTAL);
    const picker = await browser.open(attempt.url);
    const there = await browser.follow(picker, '/to/hk');
    expect(isPicker(there, 'cn')).toBe(false);
    const back = await signInAt(browser, there, 'hong-kong', 'berta');
    const mine = decodeJwt((await portal.redeem(attempt, back.url)).access_token);
    expect(mine.sub).toBe(row.resident_id);
  });

  it('lets her bind there, with both sign-ins in one request', async () => {
    enrol(world, 'clara');
    const browser = new Browser();
    const attempt = await portal.attempt(PORTAL);
    const there = await browser.follow(await browser.open(attempt.url), '/to/hk');
    const bind = await signInAt(browser, there, 'hong-kong', 'clara');
    expect(textOf(bind)).toContain('Sign in once with your identity in the Mainland');
    const back = await signInAt(browser, bind, 'shenzhen', 'clara');
    expect((await portal.redeem(attempt, back.url)).access_token).toBeTruthy();
    const { pages } = await reachAsk(world, bank, { login: 'clara' });
    expect(pages).toEqual(['hk picker']);
  });

  it('knows a person by her documents when she comes from another city account', async () => {
    enrol(world, 'dora');
    const first = await signedIn('dora');
    const known = world.cn.city.people.get('dora');
    if (known) world.cn.city.people.set('dora2', { ...known, sub: 'another-account' });
    expect(await signedIn('dora2')).toBe(first);
    const rows = await world.cn.rows.query('select * from resident_document where resident_id = $1', [first]);
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(known?.documents[0]?.number ?? 'none');
  });

  it('refuses an account whose documents belong to two residents', async () => {
    enrol(world, 'ella');
    enrol(world, 'fay');
    await signedIn('ella');
    await signedIn('fay');
    const [a, b] = [world.cn.city.people.get('ella'), world.cn.city.people.get('fay')];
    if (a && b) world.cn.city.people.set('mixed', { ...a, sub: 'mixed', documents: [...a.documents, ...b.documents] });
    const browser = new Browser();
    const attempt = await portal.attempt(PORTAL);
    const page = await signInAt(browser, await browser.open(attempt.url), 'shenzhen', 'mixed');
    expect(page.status).toBe(403);
    expect(textOf(page)).toContain('more than one entry');
  });

  it('may not ask for records', async () => {
    const detail = JSON.stringify([{ type: 'data-request' }]);
    const error = await portal.attempt({ ...PORTAL, authorization_details: detail }).catch((e: unknown) => e);
    expect(error).toMatchObject({ error: 'invalid_authorization_details' });
  });

  it('signs her out with a page of two buttons', async () => {
    enrol(world, 'gina');
    const browser = new Browser();
    const attempt = await portal.attempt(PORTAL);
    await signInAt(browser, await browser.open(attempt.url), 'shenzhen', 'gina');
    const page = await browser.open(`${world.cn.issuer}/session/end`);
    expect(textOf(page)).toContain('Sign out of Bayway?');
    const out = await browser.submit(page, 'op.logoutForm', { logout: 'yes' });
    expect(textOf(out)).toContain('You are signed out');
    const next = await browser.open((await portal.attempt(PORTAL)).url);
    expect(isPicker(next, 'shenzhen')).toBe(true);
  });
});

async function signedIn(login: string): Promise<string> {
  const browser = new Browser();
  const attempt = await portal.attempt(PORTAL);
  const back = await signInAt(browser, await browser.open(attempt.url), 'shenzhen', login);
  return (await portal.redeem(attempt, back.url)).claims()?.sub ?? '';
}

describe('identity.resolve-handle', () => {
  const ask = (detail: Detail, holder = HOLDER) =>
    world.cn.others.ask(resolveHandle, { subjectHandle: detail.subject_handle, consentId: detail.consent_id, holder });
  const problem = (answer: { err?: { type: string } }) => answer.err?.type.split('/').at(-1);

  it('tells the holder’s connector, and only it can read it; with evidence', async () => {
    enrol(world, 'hanna');
    const detail = detailOf((await obtain(world, bank, { login: 'hanna' })).tokens.access_token);
    const { response } = await ask(detail);
    const { jwe } = resolveHandle.answer.parse(response);
    const key = world.trust.key(`cn/connector/${HOLDER}`, 'enc');
    expect(await decryptValue(jwe, key)).toEqual({
      kind: 'person',
      name: '名hanna',
      bornOn: '1988-05-17',
      documents: world.cn.city.people.get('hanna')?.documents,
    });
    await expect(decryptValue(jwe, world.trust.key('hk/participant/tsing-wan-bank', 'enc'))).rejects.toThrow();
    const [{ n }] = await world.cn.rows.query(
      "select count(*)::int as n from evidence_record where type = 'handle.resolved' and record->>'subjectHandle' = $1",
      [detail.subject_handle],
    );
    expect(n).toBe(1);
  });

  it('tells nothing to another holder, about another consent, or after the consent has ended', async () => {
    enrol(world, 'iris');
    const detail = detailOf((await obtain(world, bank, { login: 'iris' })).tokens.access_token);
    expect(problem(await ask(detail, 'other-holder'))).toBe('handle-unknown');
    expect(problem(await ask({ ...detail, consent_id: randomUUID() }))).toBe('handle-unknown');
    expect(problem(await world.cn.others.ask(resolveHandle, { surplus: 1 }))).toBe('request-invalid');
    await world.cn.others.tell(consentEnded, {
      consentId: detail.consent_id,
      state: 'withdrawn',
      at: new Date().toISOString(),
      importer: 'hk',
      exporter: 'cn',
      holder: 'pengwan-credit',
      recipient: 'tsing-wan-bank',
      flowId: detail.request_id,
    });
    expect(problem(await ask(detail))).toBe('consent-not-given');
    // Seven years from then the salts of what it recorded about that consent go.
    const [kept] = await world.cn.rows.query(
      "select ended_at > now() - interval '1 minute' as now from salt_retention",
    );
    expect(kept).toEqual({ now: true });
  });
});

describe('the end of a consent', () => {
  it('ends the partner’s grant at the importer, and no other', async () => {
    enrol(world, 'jane');
    const one = await obtain(world, bank, { login: 'jane' });
    const two = await obtain(world, bank, { login: 'jane', browser: one.browser });
    const renewed = await bank.refresh(one.tokens.refresh_token ?? '');
    expect(detailOf(renewed.access_token)).toEqual(detailOf(one.tokens.access_token));
    const { consent_id: consentId } = detailOf(one.tokens.access_token);
    await world.hk.others.tell(grantEnded, { consentId, at: new Date().toISOString() });
    const refused = await bank.refresh(one.tokens.refresh_token ?? '').catch((error: unknown) => error);
    expect(refused).toMatchObject({ error: 'invalid_grant' });
    expect((await bank.refresh(two.tokens.refresh_token ?? '')).access_token).toBeTruthy();
  });
});

describe('keys', () => {
  it('takes a partner’s new key from the directory, as soon as it is there', async () => {
    await world.trust.enter('hk/participant/tsing-wan-bank', ['client']);
    const rotated = await partnerAt(world, world.hk);
    expect((await rotated.attempt({})).url).toContain('request_uri');
    expect((await bank.attempt({})).url).toContain('request_uri');
  });
});
