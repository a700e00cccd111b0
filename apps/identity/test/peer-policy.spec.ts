import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newKey, signPeerPolicy, type PeerTerms, type PrivateKey } from '@bayway/envelope';
import { App, register } from './app.js';
import { Browser, textOf } from './browser.js';
import { Partner } from './partner.js';
import { isPicker, obtain, paramsOf, reachAsk, signInAt } from './walk.js';
import { enrol, partnerAt, startWorld, type Side, type World } from './world.js';

let file: string;
let world: World;
let bank: Partner;
beforeAll(async () => {
  file = join(await mkdtemp(join(tmpdir(), 'bayway-peers-')), 'peers.jws');
  world = await startWorld({ settings: { PEER_POLICY_FILE: file } });
  bank = await partnerAt(world, world.hk);
}, 60_000);
afterAll(() => world.stop());

/** Both services are pointed at this file; it is the Mainland's, and says nothing to Hong Kong. */
async function publish(version: number, hk: PeerTerms, root?: PrivateKey): Promise<void> {
  const own = root ?? world.trust.roots.get('cn');
  if (!own) throw new Error('no root');
  const policy = { jurisdiction: 'cn' as const, version, signedAt: new Date().toISOString(), peers: { hk } };
  await writeFile(file, await signPeerPolicy(own, policy));
}

const CUT: PeerTerms = { state: 'cut', highestLevel: 4 };

/** What Hong Kong's service hears when it asks. */
async function asPeer(): Promise<string> {
  const peer = await Partner.connect(world.cn.issuer, 'op-hk', world.trust.key('hk/identity', 'client'));
  return peer.attempt({}).then(
    () => 'none',
    (error: unknown) => (error as { error: string }).error,
  );
}

const accountAt = async (browser: Browser, side: Side): Promise<number> =>
  (await browser.open(`${side.issuer}/account`)).status;

/** As long as a cut may take. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 10_000; !(await holds()); await new Promise((resolve) => setTimeout(resolve, 250)))
    if (Date.now() > end) throw new Error('it took more than ten seconds');
}
const untilRead = () => new Promise((resolve) => setTimeout(resolve, 3_500));

describe('a peer that is trusted', () => {
  it('learns no name and no birthday by a sign-in, whatever it asks for', async () => {
    enrol(world, 'curious');
    const peer = await Partner.connect(world.cn.issuer, 'op-hk', world.trust.key('hk/identity', 'client'));
    const wanted = { name: { essential: true }, name_latin: null, birthdate: null };
    const attempt = await peer.attempt({
      redirect_uri: `${world.hk.issuer}/cb`,
      claims: JSON.stringify({ id_token: { ...wanted, auth_time: null }, userinfo: wanted }),
    });
    const browser = new Browser();
    const back = await signInAt(browser, await browser.open(attempt.url), 'shenzhen', 'curious');
    const tokens = await peer.redeem(attempt, back.url);
    expect(Object.keys(tokens.claims() ?? {}).sort()).toEqual(
      ['aud', 'auth_time', 'exp', 'iat', 'iss', 'nonce', 'sub'].sort(),
    );
  });
});

describe('a peer that is cut off', () => {
  it('is no way in and no client within ten seconds, and what began by way of it has ended', async () => {
    enrol(world, 'cut');
    await obtain(world, bank, { login: 'cut' });
    // The second time silently, by way of Hong Kong.
    const { browser } = await obtain(world, bank, { login: 'cut' });
    expect(await accountAt(browser, world.cn)).toBe(200);
    const app = await App.at(world.cn, await register(world.cn));
    const { page: open } = await app.signIn('cut');
    expect(open.html).toContain('/to/hk"');

    await publish(2, CUT);
    await until(async () => (await accountAt(browser, world.cn)) === 401);
    expect(await accountAt(browser, world.hk)).toBe(200);
    expect(await asPeer()).toBe('invalid_client');

    const { page, browser: hers } = await app.signIn('cut');
    expect(page.html).not.toContain('/to/hk"');
    const base = /action="(\/interaction\/[^/]+)\/cancel"/.exec(page.html)?.[1] ?? '';
    const told = await hers.open(`${world.cn.issuer}${base}/to/hk`);
    expect([told.status, textOf(told)]).toEqual([200, expect.stringContaining('through Hong Kong is stopped for now')]);
    expect(isPicker(told, 'shenzhen')).toBe(true);
  }, 60_000);

  it('the partner there hears that it cannot be done now', async () => {
    const attempt = await reachAsk(world, bank, { login: 'cut' });
    expect(paramsOf(attempt.page).get('error')).toBe('temporarily_unavailable');
  });

  it('stays so by a policy that another root signed, by an older one, and without the file’s words', async () => {
    const trusted: PeerTerms = { state: 'trusted', highestLevel: 4 };
    const wrong = [
      () => publish(3, trusted, world.trust.roots.get('hk')),
      async () => publish(3, trusted, await newKey('root')),
      () => publish(1, trusted),
      () => writeFile(file, 'nothing that was signed'),
    ];
    for (const write of wrong) {
      await write();
      await untilRead();
      expect(await asPeer()).toBe('invalid_client');
    }
  }, 60_000);

  it('is trusted again by a newer policy, and believed no further than that says', async () => {
    await publish(3, { state: 'trusted', highestLevel: 2 });
    await until(async () => (await asPeer()) !== 'invalid_client');
    // Level 3 is needed: Hong Kong’s word for it is not enough now, and she is asked to sign in on the Mainland.
    enrol(world, 'capped');
    expect((await obtain(world, bank, { login: 'capped' })).pages).toEqual(['hk picker', 'cn picker']);
    expect((await reachAsk(world, bank, { login: 'capped' })).pages).toEqual(['hk picker', 'cn picker']);
    await publish(4, { state: 'trusted', highestLevel: 4 });
    await untilRead();
    expect((await reachAsk(world, bank, { login: 'cut' })).pages).toEqual(['hk picker']);
  }, 60_000);
});
