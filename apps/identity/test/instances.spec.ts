import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Running } from '@bayway/service';
import { Browser } from './browser.js';
import { Strict } from './strict.js';
import { paramsOf, signInAt } from './walk.js';
import { enrol, startWorld, type World } from './world.js';

let world: World;
let other: Running;
let client: Strict;
beforeAll(async () => {
  world = await startWorld();
  other = await world.hk.another();
  client = await Strict.at(world.hk);
}, 90_000);
afterAll(async () => {
  await other.stop();
  await world.stop();
});

/** The same bytes at one of two instances that stand behind one name. */
async function send(instance: string, path: string, body: Record<string, string>, dpop: string) {
  const response = await fetch(`${instance}${path}`, {
    method: 'POST',
    headers: { dpop },
    body: new URLSearchParams(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}
const authenticated = async (assertion?: string) => ({
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  client_assertion: assertion ?? (await client.assertion()),
});

describe('two instances of one provider', () => {
  it('both take a request; a DPoP proof that one has seen, the other refuses', async () => {
    const proof = await client.proof('/request');
    const push = async (at: string, dpop: string) =>
      send(at, '/request', { ...client.parameters, ...(await authenticated()) }, dpop);
    expect((await push(world.hk.issuer, proof)).status).toBe(201);
    const again = await push(other.url, proof);
    expect([again.status, again.body.error]).toEqual([400, expect.stringMatching(/^invalid_(dpop_proof|request)$/)]);
    expect((await push(other.url, await client.proof('/request'))).status).toBe(201);
  });

  it('a client assertion that one has seen, the other refuses', async () => {
    const assertion = await client.assertion();
    const push = async (at: string) =>
      send(
        at,
        '/request',
        { ...client.parameters, ...(await authenticated(assertion)) },
        await client.proof('/request'),
      );
    expect((await push(world.hk.issuer)).status).toBe(201);
    const again = await push(other.url);
    expect([again.status, again.body.error]).toEqual([
      expect.any(Number),
      expect.stringMatching(/^invalid_(client|request)$/),
    ]);
    expect(again.status).toBeGreaterThanOrEqual(400);
  });

  it('a code is good once, whichever is asked, also at the same moment', async () => {
    enrol(world, 'both');
    const pushed = await client.push();
    const browser = new Browser();
    const picker = await browser.open(client.authUrl(pushed.body['request_uri'] ?? ''));
    const back = await signInAt(browser, picker, 'hong-kong', 'both');
    const code = paramsOf(back).get('code') ?? '';
    const redeem = async (at: string) =>
      send(
        at,
        '/token',
        {
          grant_type: 'authorization_code',
          code,
          code_verifier: client.verifier,
          redirect_uri: client.parameters['redirect_uri'] ?? '',
          ...(await authenticated()),
        },
        await client.proof('/token'),
      );
    const both = await Promise.all([redeem(world.hk.issuer), redeem(other.url)]);
    expect(both.filter(({ status }) => status === 200).length).toBeLessThan(2);
    expect(both.filter(({ body }) => body.error === 'invalid_grant').length).toBeGreaterThan(0);
  });
});
