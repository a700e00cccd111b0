import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';
import { importKey, newKey } from '@bayway/envelope';
import { Browser, CLIENT_HOST, textOf, type Opened } from './browser.js';
import type { Partner } from './partner.js';
import { obtain, paramsOf, signInAt } from './walk.js';
import { consoleAt, enrol, partnerAt, startWorld, type Side, type World } from './world.js';

const PHONE =
  'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Mobile Safari/537.36';

let world: World;
let portal: Partner;
let bank: Partner;

beforeAll(async () => {
  world = await startWorld();
  portal = await consoleAt(world, world.hk);
  bank = await partnerAt(world, world.hk);
}, 60_000);
afterAll(() => world.stop());

/** Signs in at the portal of Hong Kong. */
async function signIn(login: string, browser = new Browser()) {
  const attempt = await portal.attempt({ scope: 'openid profile consent' });
  const page = await browser.open(attempt.url);
  const back = page.html ? await signInAt(browser, page, 'hong-kong', login) : page;
  return { browser, tokens: await portal.redeem(attempt, back.url) };
}

const account = (browser: Browser, side: Side = world.hk): Promise<Opened> => browser.open(`${side.issuer}/account`);

/** Ends the first session that is not this browser's. */
function endAnother(browser: Browser, page: Opened): Promise<Opened> {
  const cards = page.html.slice(page.html.indexOf('id="live"')).split('<h3').slice(1);
  const other = cards.find((card) => card.includes('end-session') && !card.includes('This browser')) ?? '';
  return browser.submit({ ...page, html: other.replace('<form ', '<form id="end" ') }, 'end', {});
}

describe('her sign-ins', () => {
  it('are shown to whoever is signed in, and to nobody else', async () => {
    const nobody = await account(new Browser());
    expect(nobody.status).toBe(401);
    expect(textOf(nobody)).toContain('Sign in first');
    enrol(world, 'seen');
    const { browser } = await signIn('seen', new Browser('en', PHONE));
    const page = await account(browser);
    expect(textOf(page)).toContain('You are signed in on this browser only');
    expect(textOf(page)).toContain('Chrome on Android');
    expect(textOf(page)).toContain('Hong Kong · iAM Smart');
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });

  it('a device that is new is said, and the first one is not', async () => {
    enrol(world, 'device');
    const first = await signIn('device');
    expect((await account(first.browser)).html).not.toContain('id="new-device"');
    const second = await signIn('device', new Browser('en', PHONE));
    const page = await account(first.browser);
    expect(page.html).toContain('id="new-device"');
    expect(textOf(page)).toContain('new to us: Chrome on Android');
    expect(textOf(page)).toContain('You are signed in on 2 browsers now');
    second.browser.dropCookies(/session/);
    await signIn('device', second.browser);
    const rows = await world.hk.rows.query<{ new_device: boolean }[]>(
      `select new_device from sign_in where resident_id = (select resident_id from upstream_account where sub = 'hk-device') order by at`,
    );
    expect(rows.map((row) => row.new_device)).toEqual([false, true, false]);
  });

  it('one that is ended elsewhere is over at once, with what its clients hold', async () => {
    enrol(world, 'ending');
    const here = await signIn('ending');
    const there = await signIn('ending', new Browser('en', PHONE));
    const page = await account(here.browser);
    const after = await endAnother(here.browser, page);
    expect(textOf(after)).toContain('That sign-in has ended');
    expect(textOf(after)).toContain('You are signed in on this browser only');
    expect((await account(there.browser)).status).toBe(401);
    await expect(portal.refresh(there.tokens.refresh_token ?? '')).rejects.toMatchObject({ error: 'invalid_grant' });
    expect((await portal.refresh(here.tokens.refresh_token ?? '')).access_token).toBeTruthy();
  });

  it('all others end at once', async () => {
    enrol(world, 'others');
    const here = await signIn('others');
    const others = [await signIn('others'), await signIn('others')];
    await here.browser.submit(await account(here.browser), 'end-others', {});
    for (const { browser } of others) expect((await account(browser)).status).toBe(401);
    expect((await account(here.browser)).status).toBe(200);
  });

  it('deny: a form without its token, with another session’s, or for another resident’s sign-in', async () => {
    enrol(world, 'mine');
    enrol(world, 'theirs');
    const mine = await signIn('mine');
    const theirs = await signIn('theirs');
    const page = await account(mine.browser);
    const other = await account(theirs.browser);
    const action = /action="(\/account\/sessions\/[^"]+)"/.exec(page.html)?.[1] ?? '';
    const csrfOf = (at: Opened): string => /name="csrf" value="([^"]+)"/.exec(at.html)?.[1] ?? '';
    const forged = (browser: Browser, csrf: string) =>
      browser.submit({ ...page, html: `<form id="x" method="post" action="${action}"></form>` }, 'x', { csrf });
    expect((await forged(mine.browser, '')).status).toBe(403);
    expect((await forged(mine.browser, csrfOf(other))).status).toBe(403);
    expect((await forged(theirs.browser, csrfOf(other))).status).toBe(404);
    expect((await forged(new Browser(), csrfOf(page))).status).toBe(401);
    expect((await account(mine.browser)).status).toBe(200);
  });
});

describe('her links', () => {
  const linksOf = (sub: string) =>
    world.cn.rows.query<{ id: string }[]>(
      'select l.id from link l join upstream_account a using (resident_id) where a.sub = $1',
      [sub],
    );

  it('can be ended with two clicks, with evidence, and are made anew with both proofs', async () => {
    enrol(world, 'unbind');
    await obtain(world, bank, { login: 'unbind' });
    const [link] = await linksOf('sz-unbind');
    const browser = new Browser();
    const there = await consoleAt(world, world.cn);
    const attempt = await there.attempt({ scope: 'openid profile consent' });
    await signInAt(browser, await browser.open(attempt.url), 'shenzhen', 'unbind');
    const page = await account(browser, world.cn);
    expect(textOf(page)).toContain('Linked with an identity of Hong Kong');
    const after = await browser.submit(page, 'unbind-hk', {});
    expect(textOf(after)).toContain('The link has ended');
    expect(await linksOf('sz-unbind')).toEqual([]);
    const [entry] = await world.cn.rows.query<{ record: { type: string; link: string } }[]>(
      `select record from evidence_record where record ->> 'type' = 'link.unbound' and record ->> 'link' = $1`,
      [link?.id],
    );
    expect(entry?.record.link).toBe(link?.id);
    const again = await obtain(world, bank, { login: 'unbind' });
    expect(again.pages).toEqual(['hk picker', 'cn picker']);
    expect((await linksOf('sz-unbind')).length).toBe(1);
  });

  it('deny: a link of another resident', async () => {
    enrol(world, 'owner');
    await obtain(world, bank, { login: 'owner' });
    const [link] = await linksOf('sz-owner');
    enrol(world, 'thief');
    const browser = new Browser();
    const there = await consoleAt(world, world.cn);
    const attempt = await there.attempt({ scope: 'openid profile consent' });
    await signInAt(browser, await browser.open(attempt.url), 'shenzhen', 'thief');
    const page = await account(browser, world.cn);
    const csrf = /name="csrf" value="([^"]+)"/.exec(page.html)?.[1] ?? '';
    const form = `<form id="x" method="post" action="/account/links/${link?.id ?? ''}/unbind"></form>`;
    expect((await browser.submit({ ...page, html: form }, 'x', { csrf })).status).toBe(404);
    expect((await linksOf('sz-owner')).length).toBe(1);
  });
});

describe('signing out', () => {
  /** Signed in on the Mainland by way of Hong Kong: a session here that rests on one there. */
  async function across(login: string) {
    enrol(world, login);
    const first = await obtain(world, bank, { login });
    expect((await account(first.browser, world.cn)).status).toBe(200);
    // The first time she signed in with Shenzhen; the second time silently, by way of Hong Kong.
    const { browser } = await obtain(world, bank, { login });
    expect(textOf(await account(browser, world.cn))).toContain('through Hong Kong, by your link with Hong Kong');
    return browser;
  }

  it('in one jurisdiction ends what began by way of it in another', async () => {
    const browser = await across('cascade');
    const page = await browser.open(`${world.hk.issuer}/session/end`);
    await browser.submit(page, 'op.logoutForm', { logout: 'yes' });
    expect((await account(browser)).status).toBe(401);
    expect((await account(browser, world.cn)).status).toBe(401);
  });

  it('ended from another browser, too', async () => {
    const browser = await across('faraway');
    const elsewhere = await signIn('faraway');
    await elsewhere.browser.submit(await account(elsewhere.browser), 'end-others', {});
    expect((await account(browser, world.cn)).status).toBe(401);
  });

  it('deny: word of it that is not the peer’s own, not for us, old, or not word of that', async () => {
    const browser = await across('wordof');
    const key = world.trust.key('hk/identity', 'oidc');
    const [row] = await world.cn.rows.query<{ upstream_sub: string }[]>(
      `select upstream_sub from sign_in where via = 'hk' order by at desc limit 1`,
    );
    const events = { 'http://schemas.openid.net/event/backchannel-logout': {} };
    const tell = async (over: Told = {}): Promise<number> => {
      const by = over.key ?? key;
      const iat = Math.floor(Date.now() / 1000) - (over.age ?? 0);
      const claims = { sub: row?.upstream_sub, events: over.events ?? events, ...(over.nonce ? { nonce: 'n' } : {}) };
      const token = await new SignJWT({ ...claims, jti: `j${Math.random()}` })
        .setProtectedHeader({ alg: 'ES256', kid: by.kid, typ: over.typ ?? 'logout+jwt' })
        .setIssuer(over.iss ?? world.hk.issuer)
        .setAudience(over.aud ?? 'op-cn')
        .setIssuedAt(iat)
        .sign(await importKey(by.jwk, 'oidc'));
      const body = new URLSearchParams({ logout_token: token });
      return (await fetch(`${world.cn.issuer}/backchannel-logout`, { method: 'POST', body })).status;
    };
    const wrong: Told[] = [
      { key: await newKey('oidc') },
      { aud: 'op-mo' },
      { iss: world.cn.issuer },
      { iss: 'https://other.example' },
      { age: 600 },
      { events: {} },
      { typ: 'JWT' },
      { nonce: true },
    ];
    for (const over of wrong) expect([over, await tell(over)]).toEqual([over, 400]);
    expect((await account(browser, world.cn)).status).toBe(200);
    expect(await tell()).toBe(200);
    expect((await account(browser, world.cn)).status).toBe(401);
  });
});

type Told = {
  key?: Awaited<ReturnType<typeof newKey>>;
  aud?: string;
  iss?: string;
  age?: number;
  events?: object;
  typ?: string;
  nonce?: boolean;
};

describe('a document that was issued again', () => {
  it('finds the resident it was issued to before: the lifetime part is what counts', async () => {
    enrol(world, 'reissued');
    const person = world.cn.city.people.get('reissued');
    if (!person) throw new RangeError('not enrolled');
    const [permit] = person.documents;
    const there = await consoleAt(world, world.cn);
    const at = async (login: string) => {
      const browser = new Browser();
      const attempt = await there.attempt({ scope: 'openid profile consent' });
      const back = await signInAt(browser, await browser.open(attempt.url), 'shenzhen', login);
      expect(new URL(back.url).hostname).toBe(CLIENT_HOST);
      expect(paramsOf(back).get('error')).toBeNull();
      return (await there.redeem(attempt, back.url)).claims()?.sub;
    };
    const before = await at('reissued');
    const number = `${permit?.number ?? ''}02`;
    world.cn.city.people.set('renewed', {
      ...person,
      sub: 'sz-renewed',
      documents: [{ kind: 'home-return-permit', number }],
    });
    expect(await at('renewed')).toBe(before);
    const rows = await world.cn.rows.query('select 1 from resident_document where resident_id = $1', [before]);
    expect(rows).toHaveLength(1);
  });
});
