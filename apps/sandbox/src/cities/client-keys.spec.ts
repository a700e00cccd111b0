import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { JURISDICTIONS, type Jurisdiction } from '@bayway/domain';
import { importKey, readDirectory, type PrivateKey } from '@bayway/envelope';
import { testTrust, type TestTrust } from '@bayway/testing';
import express from 'express';
import * as oidc from 'openid-client';
import { Browser } from '../../test/browser.js';
import { closed, listening } from '../../test/listen.js';
import { SANDBOX_PIN } from '../population/person.js';
import { makePopulation } from '../population/population.js';
import { citiesApp } from './app.js';
import { ClientKeys, type Directories } from './client-keys.js';
import { CityClients } from './clients.js';

const CALLBACK = 'http://identity.example/cb';
const faults: string[] = [];
let trust: TestTrust;
let cities: { base: string; server: Server };
let published: { base: string; server: Server };
let away = false;

beforeAll(async () => {
  trust = await testTrust();
  published = await listening(() => {
    const app = express();
    app.get('/:jurisdiction/key-directory', (req, res) => {
      if (away) res.status(503).end();
      else res.json({ entries: trust.lines.get(req.params.jurisdiction as Jurisdiction) });
    });
    return app;
  });
  const directories = Object.fromEntries(
    JURISDICTIONS.map((j) => [j, { url: `${published.base}/${j}`, root: trust.roots.get(j)?.publicKey }]),
  ) as Directories;
  const clientKeys = new ClientKeys(directories, (fault) => faults.push(fault));
  const clients = CityClients.parse([{ client_id: 'bayway-hk', redirect_uris: [CALLBACK], key_owner: 'hk/identity' }]);
  const { people } = makePopulation();
  cities = await listening((base) =>
    citiesApp({ base, secret: 'a secret for tests, long enough', clients, clientKeys, people }, (f) => faults.push(f)),
  );
});
afterAll(async () => {
  await closed(cities.server);
  await closed(published.server);
});

/** Signs somebody in at a city with this key of the identity service; `null` when the city refused the client. */
async function signIn(key: PrivateKey): Promise<string | null> {
  const authentication = oidc.PrivateKeyJwt({ key: await importKey(key.jwk, 'client'), kid: key.kid });
  const config = await oidc.discovery(new URL(`${cities.base}/hong-kong`), 'bayway-hk', undefined, authentication, {
    execute: [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks],
  });
  const verifier = oidc.randomPKCECodeVerifier();
  const asked = oidc.buildAuthorizationUrl(config, {
    redirect_uri: CALLBACK,
    scope: 'openid profile documents',
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  const browser = new Browser();
  const form = await browser.open(asked.href, CALLBACK);
  const back = await browser.submit(form, { account: 'chan.meiyee', pin: SANDBOX_PIN, do: 'sign-in' }, CALLBACK);
  try {
    const checks = { pkceCodeVerifier: verifier, idTokenExpected: true };
    return (await oidc.authorizationCodeGrant(config, new URL(back.url), checks)).claims()?.sub ?? null;
  } catch (error) {
    expect((error as oidc.ResponseBodyError).error).toBe('invalid_client');
    return null;
  }
}

const fresh = () => new Promise((resolve) => setTimeout(resolve, 5_100));

describe('a rotation of the key with which identity comes to the cities', () => {
  it('is seen while they run: both keys, then only the one that was not revoked', async () => {
    const old = trust.key('hk/identity', 'client');
    const sub = await signIn(old);
    expect(sub).not.toBeNull();
    await trust.enter('hk/identity', ['client']);
    const young = trust.key('hk/identity', 'client');
    expect(young.kid).not.toBe(old.kid);
    await fresh();
    expect([await signIn(young), await signIn(old)]).toEqual([sub, sub]);
    await trust.revoke(old);
    await fresh();
    expect([await signIn(young), await signIn(old)]).toEqual([sub, null]);
    expect(faults).toEqual([]);
  });

  it('believes no key that the root did not enter, and goes on with what it knew while the directory is away', async () => {
    const young = trust.key('hk/identity', 'client');
    away = true;
    await fresh();
    expect(await signIn(young)).not.toBeNull();
    away = false;
    const lines = trust.lines.get('hk') ?? [];
    lines.push(trust.lines.get('mo')?.[0] ?? '');
    expect(await signIn(trust.key('mo/identity', 'client'))).toBeNull();
    expect(await signIn(young)).not.toBeNull();
    lines.pop();
    expect(await readDirectory('hk', trust.roots.get('hk')!.publicKey, lines)).toHaveLength(lines.length);
    expect(new Set(faults.map((fault) => fault.slice(0, 19)))).toEqual(new Set(['key directory of hk']));
  });

  it('needs either keys or an owner in the file', () => {
    const client = { client_id: 'x', redirect_uris: [CALLBACK] };
    const jwks = { keys: [{ kty: 'EC', crv: 'P-256', x: 'x', y: 'y' }] };
    for (const wrong of [{}, { jwks, key_owner: 'hk/identity' }, { key_owner: 'identity' }])
      expect(CityClients.safeParse([{ ...client, ...wrong }]).success).toBe(false);
  });
});
