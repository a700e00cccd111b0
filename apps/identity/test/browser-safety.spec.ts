import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Browser, type Opened } from './browser.js';
import type { Partner } from './partner.js';
import { paramsOf, signInAt } from './walk.js';
import { consoleAt, enrol, partnerAt, startWorld, type World } from './world.js';

let world: World;
let portal: Partner;
let bank: Partner;

beforeAll(async () => {
  world = await startWorld();
  portal = await consoleAt(world, world.hk);
  bank = await partnerAt(world, world.hk);
}, 60_000);
afterAll(() => world.stop());

const begin = async (browser: Browser): Promise<Opened> =>
  browser.open((await portal.attempt({ scope: 'openid profile consent' })).url);

const account = (browser: Browser): Promise<Opened> => browser.open(`${world.hk.issuer}/account`);

/** The session cookie with its signature, as somebody copies it. */
const SESSION = [/^hk_identity_session /, /^hk_identity_session\.sig /];
function copySession(from: Browser, to: Browser): void {
  for (const named of SESSION) {
    const cookie = from.cookie(named);
    if (cookie) to.plant(cookie);
  }
}

describe('session fixation', () => {
  it('a session that somebody began and planted is not the one she is signed in with', async () => {
    enrol(world, 'victim');
    const [attacker, victim] = [new Browser(), new Browser()];
    await begin(attacker);
    copySession(attacker, victim);
    await signInAt(victim, await begin(victim), 'hong-kong', 'victim');
    expect((await account(victim)).status).toBe(200);
    expect((await account(attacker)).status).toBe(401);
  });

  it('nor one that he is signed in with himself: it ends, and hers is another', async () => {
    enrol(world, 'attacker');
    enrol(world, 'target');
    const [attacker, target] = [new Browser(), new Browser()];
    await signInAt(attacker, await begin(attacker), 'hong-kong', 'attacker');
    copySession(attacker, target);
    const attempt = await bank.attempt({ prompt: 'login' });
    const page = await signInAt(target, await target.open(attempt.url), 'hong-kong', 'target');
    expect((await bank.redeem(attempt, page.url)).claims()?.sub).toBeDefined();
    const [row] = await world.hk.rows.query<{ resident_id: string }[]>(
      `select resident_id from sign_in order by at desc limit 1`,
    );
    const [her] = await world.hk.rows.query<{ resident_id: string }[]>(
      `select resident_id from upstream_account where sub = 'hk-target'`,
    );
    expect(row).toEqual(her);
    expect((await account(attacker)).status).toBe(401);
    expect((await account(target)).status).toBe(200);
  });

  it('the name of her session changes when she signs in again', async () => {
    enrol(world, 'renewed');
    const browser = new Browser();
    await signInAt(browser, await begin(browser), 'hong-kong', 'renewed');
    const before = browser.cookie(SESSION[0] as RegExp)?.value;
    const attempt = await portal.attempt({ scope: 'openid profile consent', prompt: 'login' });
    await signInAt(browser, await browser.open(attempt.url), 'hong-kong', 'renewed');
    expect(browser.cookie(SESSION[0] as RegExp)?.value).not.toBe(before);
    expect(before).toBeDefined();
  });
});

describe('cookies', () => {
  it('do not pile up in requests when sign-ins are begun and left', async () => {
    const browser = new Browser();
    const size = (): number =>
      Math.max(...['/cb', '/auth', '/account'].map((path) => browser.headerFor(`${world.hk.issuer}${path}`).length));
    const once = async (): Promise<void> => {
      await browser.follow(await begin(browser), '/to/hong-kong');
    };
    await once();
    const first = size();
    for (let n = 0; n < 12; n += 1) await once();
    expect(size()).toBeLessThanOrEqual(first + 100);
  });

  it('two sign-ins of one browser that are under way at once both come to their own end', async () => {
    enrol(world, 'tabs');
    const browser = new Browser();
    const attempts = [await bank.attempt({ prompt: 'login' }), await bank.attempt({ prompt: 'login' })];
    const forms: Opened[] = [];
    for (const { url } of attempts) forms.push(await browser.follow(await browser.open(url), '/to/hong-kong'));
    for (const [n, form] of [...forms.entries()].reverse()) {
      const page = await browser.submit(form, 'city', { account: 'tabs' });
      expect(paramsOf(page).get('state')).toBe(attempts[n]?.checks.expectedState);
    }
  });
});

describe('forms', () => {
  it('leaving without the form’s own token does nothing', async () => {
    const browser = new Browser();
    const page = await begin(browser);
    const forged = { ...page, html: page.html.replace(/name="csrf" value="[^"]*"/, 'name="csrf" value="x"') };
    const after = await browser.submit(forged, 'cancel-form', { do: 'cancel' });
    expect(after.html).toContain('/to/hong-kong');
  });

  it('of the log-out, without the library’s token: refused', async () => {
    enrol(world, 'stays');
    const browser = new Browser();
    await signInAt(browser, await begin(browser), 'hong-kong', 'stays');
    const html = '<form id="x" method="post" action="/session/end/confirm"></form>';
    const page = await account(browser);
    expect((await browser.submit({ ...page, html }, 'x', { logout: 'yes', xsrf: 'forged' })).status).toBe(400);
    expect((await account(browser)).status).toBe(200);
  });

  it('are on pages that nobody can put into a frame', async () => {
    const browser = new Browser();
    for (const page of [await begin(browser), await account(browser)])
      expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });
});
