import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type ConnectionOptions } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort, startConformance, WORKSPACE, type ConformanceNode } from '@bayway/infra';
import { importJWK, type JWK } from 'jose';
import * as oc from 'openid-client';
import { fetchTrusting } from '../src/apps/https.js';
import { landing } from '../src/apps/register.js';
import { Visitor, type Opened } from '../src/visitor.js';

type Plan = Readonly<{ client: { client_id: string; jwks?: { keys: JWK[] }; client_secret?: string }; server: object }>;

let node: ConformanceNode;
let home: string;
let suite: Awaited<ReturnType<typeof landing>>;
let ask: typeof fetch;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'bayway-conformance-spec-'));
  suite = await landing();
  const port = await freePort();
  const place = { url: suite.url, alias: 'spec' };
  node = await startConformance({ home, workspace: WORKSPACE, port, host: 'localhost', suite: place });
  ask = fetchTrusting(node.cert) as typeof fetch;
}, 120_000);
afterAll(async () => {
  await node?.stop();
  await suite?.stop();
  await rm(home, { recursive: true, force: true });
}, 60_000);

const planOf = async (name: string): Promise<Plan> =>
  JSON.parse(await readFile(node.plans.find((file) => file.endsWith(`${name}.json`)) ?? '', 'utf8')) as Plan;

const handshake = (options: ConnectionOptions): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect({
      port: Number(new URL(node.issuer).port),
      host: '127.0.0.1',
      rejectUnauthorized: false,
      ...options,
    });
    socket.once('secureConnect', () => {
      resolve(`${socket.getProtocol()} ${socket.getCipher().name}`);
      socket.destroy();
    });
    socket.once('error', () => resolve('refused'));
  });

/** What the suite's script does: the city, the account as it is filled in, the button. */
async function scripted(visitor: Visitor, start: Opened): Promise<Opened> {
  if (!start.links.some((href) => href.includes('/to/hong-kong'))) return start;
  const city = await visitor.open(start.link(/\/to\/hong-kong/));
  return visitor.submit(city.form(/id="account"/), { account: 'test-user', do: 'sign-in' });
}

async function strictApp() {
  const { client } = await planOf('fapi2');
  const jwk = client.jwks?.keys[0] ?? {};
  const key = (await importJWK(jwk, 'ES256')) as oc.CryptoKey;
  const metadata = { id_token_signed_response_alg: 'ES256' };
  const auth = oc.PrivateKeyJwt({ key, kid: jwk.kid ?? '' });
  const config = await oc.discovery(new URL(node.issuer), client.client_id, metadata, auth, {
    execute: [oc.enableNonRepudiationChecks],
    [oc.customFetch]: ask,
  });
  return { config, DPoP: oc.getDPoPHandle(config, await oc.randomDPoPKeyPair('ES256')) };
}

describe('a node for the conformance suite', () => {
  it('speaks TLS 1.3, and of TLS 1.2 what BCP 195 recommends', async () => {
    expect(await handshake({})).toMatch(/^TLSv1.3 /);
    const tls12 = { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' } as const;
    expect(await handshake({ ...tls12, ciphers: 'ECDHE-RSA-AES128-GCM-SHA256' })).toBe(
      'TLSv1.2 ECDHE-RSA-AES128-GCM-SHA256',
    );
    for (const ciphers of ['ECDHE-RSA-AES128-SHA', 'AES128-GCM-SHA256', 'AES256-SHA'])
      expect(await handshake({ ...tls12, ciphers })).toBe('refused');
    const old = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    expect(await handshake(old)).toBe('refused');
  });

  it('names only HTTPS addresses in its metadata, and is open to registration', async () => {
    const metadata = (await (await ask(`${node.issuer}/.well-known/openid-configuration`)).json()) as object;
    for (const [name, value] of Object.entries(metadata))
      if (/_endpoint$|_uri$|^issuer$/.test(name))
        expect([name, value]).toEqual([name, expect.stringMatching(/^https:/)]);
    const made = await ask(`${node.issuer}/reg`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ redirect_uris: [`${suite.url}/test/a/spec/callback`] }),
    });
    expect(made.status).toBe(201);
  });

  it('FAPI 2.0: the static client of the plan gets a token for the resource, which echoes x-fapi-interaction-id', async () => {
    const { config, DPoP } = await strictApp();
    const [pkceCodeVerifier, expectedState] = [oc.randomPKCECodeVerifier(), oc.randomState()];
    const parameters = {
      redirect_uri: `${suite.url}/test/a/spec/callback`,
      scope: 'openid',
      code_challenge: await oc.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      state: expectedState,
    };
    const visitor = new Visitor(undefined, ask);
    const url = await oc.buildAuthorizationUrlWithPAR(config, parameters, { DPoP });
    const back = await scripted(visitor, await visitor.open(url.href));
    const checks = { pkceCodeVerifier, expectedState };
    const tokens = await oc.authorizationCodeGrant(config, new URL(back.url), checks, undefined, { DPoP });
    const id = '6f1c3c4e-9b7e-4a55-8d39-0f0f7c0f5a11';
    const headers = new Headers({ 'x-fapi-interaction-id': id });
    const resource = new URL(`${node.issuer}/resource`);
    const answer = await oc.fetchProtectedResource(config, tokens.access_token, resource, 'GET', null, headers, {
      DPoP,
    });
    expect([answer.status, answer.headers.get('x-fapi-interaction-id')]).toEqual([200, id]);
    const bare = await ask(resource, { headers: { authorization: `Bearer ${tokens.access_token}` } });
    expect(bare.status).toBe(401);
    expect(bare.headers.get('x-fapi-interaction-id')).toBeTruthy();
  }, 60_000);

  it('oidcc-server-rotate-keys: an address rotates the keys; ID tokens are signed with the new one, the old one stays', async () => {
    const keys = async () =>
      ((await (await ask(`${node.issuer}/jwks`)).json()) as { keys: { kid: string; alg: string }[] }).keys
        .filter(({ alg }) => alg === 'RS256')
        .map(({ kid }) => kid);
    const before = await keys();
    const answer = await ask(`${node.issuer}/rotate-keys`);
    expect(await answer.text()).toMatch(/^rotated: /);
    const after = await keys();
    expect(after).toEqual([expect.any(String), ...before]);
    expect(before).not.toContain(after[0]);
  }, 60_000);
});
