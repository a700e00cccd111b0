import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { calculateJwkThumbprint, decodeJwt, decodeProtectedHeader } from 'jose';
import { Browser, textOf } from './browser.js';
import type { Partner } from './partner.js';
import { AGREE, isAsk, isPicker, obtain, paramsOf, reachAsk, signInAt } from './walk.js';
import { creditReport, enrol, partnerAt, SECOND, startWorld, type World } from './world.js';

let world: World;
let bank: Partner;

beforeAll(async () => {
  world = await startWorld();
  bank = await partnerAt(world, world.hk);
}, 60_000);
afterAll(() => world.stop());

type Detail = { consent_id: string; subject_handle: string; request_id: string };
const detailOf = (token: string): Detail => (decodeJwt(token).authorization_details as Detail[])[0] as Detail;

describe('a plain sign-in', () => {
  it('gives each partner its own name for her, and nothing else', async () => {
    enrol(world, 'plain');
    const other = await partnerAt(world, world.hk, SECOND);
    const browser = new Browser();
    const first = await bank.attempt({});
    const picker = await browser.open(first.url);
    expect(textOf(picker)).toContain('Tsing Wan Bank'.toLowerCase().replaceAll(' ', '-'));
    const back = await signInAt(browser, picker, 'hong-kong', 'plain');
    const mine = (await bank.redeem(first, back.url)).claims();
    const second = await other.attempt({});
    const theirs = (await other.redeem(second, (await browser.open(second.url)).url)).claims();
    expect(mine?.sub).toMatch(/^[\w-]{43}$/);
    expect(theirs?.sub).not.toBe(mine?.sub);
    expect(Object.keys(mine ?? {}).sort()).toEqual(['aud', 'exp', 'iat', 'iss', 'nonce', 'sub']);
  });

  it('keeps no cookie of a step that is over, and names all by jurisdiction and service', async () => {
    enrol(world, 'tidy');
    const { browser } = await obtain(world, bank, { login: 'tidy' });
    const ours = browser.cookieNames().filter((name) => !name.startsWith('city'));
    expect(ours.every((name) => /^(hk|cn)_identity_/.test(name))).toBe(true);
    expect(ours.filter((name) => /interaction|resume|_rp_/.test(name))).toEqual([]);
  });
});

describe('a request for a record across the border', () => {
  it('binds inside the flow the first time, and gives a bound token that names consent and handle', async () => {
    enrol(world, 'first');
    const { tokens, pages, attempt, back } = await obtain(world, bank, { login: 'first' });
    expect(pages).toEqual(['hk picker', 'cn picker']);
    expect(paramsOf(back).get('iss')).toBe(world.hk.issuer);

    const token = decodeJwt(tokens.access_token);
    expect(decodeProtectedHeader(tokens.access_token).typ).toBe('at+jwt');
    expect(token).toMatchObject({
      aud: 'urn:bayway:hk:broker',
      scope: 'data',
      acr: 'urn:bayway:loa:3',
      iss: world.hk.issuer,
    });
    expect(token.cnf).toEqual({ jkt: expect.stringMatching(/^[\w-]{43}$/) });
    const detail = detailOf(tokens.access_token);
    expect(detail).toMatchObject({ importer: 'hk', recipient: 'tsing-wan-bank', exporter: 'cn' });
    expect(token.sub).toBe(detail.subject_handle);
    expect(tokens.authorization_details).toEqual([detail]);
    expect(tokens.claims()?.sub).not.toBe(detail.subject_handle);
    expect(attempt.url).not.toContain(detail.request_id);

    const consent = world.cn.others.consents.get(detail.consent_id);
    expect(consent).toMatchObject({ state: 'given', handle: detail.subject_handle });
    expect(consent?.acts.map(({ act, answer, level }) => [act, answer, level])).toEqual([
      ['other-handler', 'agree', 3],
      ['overseas', 'agree', 3],
    ]);
  });

  it.each([
    ['left out', {}, ['accounts', 'defaults']],
    ['ticked', { 'optional.enquiries': 'enquiries' }, ['accounts', 'defaults', 'enquiries']],
  ])('tells the partner which items she allowed: the optional one %s', async (what, ticked, items) => {
    const login = `items-${what.replaceAll(' ', '')}`;
    enrol(world, login);
    const over = { optional_items: ['enquiries'] };
    const { browser, attempt, page } = await reachAsk(world, bank, { login, over });
    const back = await browser.submit(page, 'ask', { ...AGREE, ...ticked });
    const tokens = await bank.redeem(attempt, back.url);
    const allowed = [expect.objectContaining({ items, optional_items: [] })];
    expect(decodeJwt(tokens.access_token).authorization_details).toEqual(allowed);
    expect(tokens.authorization_details).toEqual(allowed);
    expect(tokens.claims()?.['authorization_details']).toEqual(allowed);
  });

  it('binds once: one link, with evidence that names nobody', async () => {
    enrol(world, 'bound');
    await obtain(world, bank, { login: 'bound' });
    const links = await world.cn.rows.query('select * from link');
    const evidence = await world.cn.rows.query("select record from evidence_record where type = 'link.bound'");
    expect(evidence).toHaveLength(links.length);
    expect(Object.keys(evidence[0].record).sort()).toEqual(['at', 'link', 'peer', 'type']);
    expect(await world.hk.rows.query('select * from link')).toEqual([]);
  });

  it('needs no sign-in on the other side once bound: silently through the importer', async () => {
    enrol(world, 'linked');
    await obtain(world, bank, { login: 'linked' });
    const { pages, page, browser } = await reachAsk(world, bank, { login: 'linked' });
    expect(pages).toEqual(['hk picker']);
    expect(isAsk(page)).toBe(true);
    expect(browser.visited.filter((url) => url.includes('/auth?')).length).toBeLessThanOrEqual(4);
  });

  it('needs no page but the ask in the same browser, and gives another handle each time', async () => {
    enrol(world, 'again');
    const { browser, tokens } = await obtain(world, bank, { login: 'again' });
    browser.visited = [];
    const second = await obtain(world, bank, { login: 'again', browser });
    expect(second.pages).toEqual([]);
    expect(browser.visited.length).toBeLessThanOrEqual(12);
    const handles = [tokens, second.tokens].map(({ access_token }) => detailOf(access_token).subject_handle);
    expect(new Set(handles).size).toBe(2);
    const consents = new Set([tokens, second.tokens].map(({ access_token }) => detailOf(access_token).consent_id));
    expect(consents.size).toBe(2);
  });

  it('works for two partners in two tabs at once', async () => {
    enrol(world, 'tabs');
    const other = await partnerAt(world, world.hk, SECOND);
    await obtain(world, bank, { login: 'tabs' });
    const browser = new Browser();
    const one = await bank.attempt(creditReport());
    const two = await other.attempt(creditReport());
    const pickers = [await browser.open(one.url), await browser.open(two.url)] as const;
    const asks = [
      await signInAt(browser, pickers[0], 'hong-kong', 'tabs'),
      await browser.follow(pickers[1], '/to/hong-kong'),
    ] as const;
    const second = await other.redeem(two, (await browser.submit(asks[1], 'ask', AGREE)).url);
    const first = await bank.redeem(one, (await browser.submit(asks[0], 'ask', AGREE)).url);
    expect(detailOf(first.access_token).consent_id).not.toBe(detailOf(second.access_token).consent_id);
  });

  it('takes the same path inside one jurisdiction, without the border', async () => {
    enrol(world, 'local');
    const { browser, attempt, page, pages } = await reachAsk(world, bank, { login: 'local', over: { exporter: 'hk' } });
    expect(pages).toEqual(['hk picker']);
    const tokens = await bank.redeem(attempt, (await browser.submit(page, 'ask', AGREE)).url);
    const detail = detailOf(tokens.access_token);
    expect(world.hk.others.consents.get(detail.consent_id)?.state).toBe('given');
    expect(browser.visited.some((url) => url.startsWith(world.cn.issuer))).toBe(false);
  });

  it('is asked by whom she is here, at the level of her sign-in, in her language', async () => {
    enrol(world, 'zh');
    const browser = new Browser('zh-HK');
    const attempt = await bank.attempt({ ...creditReport(), ui_locales: 'pt' });
    const picker = await browser.open(attempt.url);
    expect(picker.html).toContain('<html lang="pt"');
    const chinese = await browser.follow(picker, 'ui_locales=zh-Hant');
    expect(chinese.html).toContain('<html lang="zh-Hant"');
    const away = await signInAt(browser, chinese, 'hong-kong', 'zh');
    expect(away.html).toContain('<html lang="zh-Hant"');
    expect(isPicker(away, 'shenzhen')).toBe(true);
    const ask = await signInAt(browser, away, 'shenzhen', 'zh');
    expect(ask.html).toContain('<html lang="zh-Hant"');
    expect(world.cn.others.composed.at(-1)).toMatchObject({
      displayName: '名zh',
      facts: { kind: 'person', bornOn: '1988-05-17' },
      language: 'zh-Hant',
      level: 3,
    });
  });

  it('lets a plain sign-in inherit nothing of it', async () => {
    enrol(world, 'nothing');
    const { browser } = await obtain(world, bank, { login: 'nothing' });
    const attempt = await bank.attempt({});
    const tokens = await bank.redeem(attempt, (await browser.open(attempt.url)).url);
    expect(tokens.authorization_details).toBeUndefined();
    expect(tokens.claims()?.authorization_details).toBeUndefined();
  });

  it('survives both providers starting again while she is at a page', async () => {
    enrol(world, 'restart');
    const { browser, attempt, page } = await reachAsk(world, bank, { login: 'restart' });
    for (const side of [world.hk, world.cn]) {
      await side.identity.stop();
      await side.start();
    }
    const tokens = await bank.redeem(attempt, (await browser.submit(page, 'ask', AGREE)).url);
    expect(world.cn.others.consents.get(detailOf(tokens.access_token).consent_id)?.state).toBe('given');
  });

  it('binds the token to the partner’s key', async () => {
    enrol(world, 'dpop');
    const { tokens } = await obtain(world, bank, { login: 'dpop' });
    const jkt = (decodeJwt(tokens.access_token).cnf as { jkt: string }).jkt;
    expect(jkt).toBe(await calculateJwkThumbprint(await bank.publicDpopKey()));
    expect(tokens.token_type).toBe('dpop');
  });
});
