import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CITIES } from '@bayway/domain';
import { exportJWK, generateKeyPair, type CryptoKey } from 'jose';
import * as oidc from 'openid-client';
import { Browser, type Opened } from '../../test/browser.js';
import { closed, listening } from '../../test/listen.js';
import { SANDBOX_PIN } from '../population/person.js';
import { makePopulation } from '../population/population.js';
import { citiesApp } from './app.js';
import { CityClients } from './clients.js';

const CALLBACK = 'http://127.0.0.1:9/cb';
const { people } = makePopulation();
const faults: string[] = [];

let base: string;
let server: Server;
let key: CryptoKey;

beforeAll(async () => {
  const pair = await generateKeyPair('ES256', { extractable: true });
  key = pair.privateKey;
  const jwks = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'rp-1' }] };
  const clients = CityClients.parse([
    { client_id: 'everywhere', redirect_uris: [CALLBACK], jwks },
    { client_id: 'macao-only', redirect_uris: [CALLBACK], jwks, cities: ['macao'] },
  ]);
  const setUp = { secret: 'a secret for tests, long enough', clients, people };
  ({ base, server } = await listening((at) => citiesApp({ ...setUp, base: at }, (fault) => faults.push(fault))));
});
afterAll(() => closed(server));

type Asked = { config: oidc.Configuration; url: string; verifier: string; nonce: string; state: string };

async function ask(city: string, params: Record<string, string> = {}, clientId = 'everywhere'): Promise<Asked> {
  const config = await oidc.discovery(
    new URL(`${base}/${city}`),
    clientId,
    undefined,
    oidc.PrivateKeyJwt({ key, kid: 'rp-1' }),
    {
      execute: [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks],
    },
  );
  const [verifier, nonce, state] = [oidc.randomPKCECodeVerifier(), oidc.randomNonce(), oidc.randomState()];
  const pushed = config.serverMetadata().require_pushed_authorization_requests;
  const url = await (pushed ? oidc.buildAuthorizationUrlWithPAR : oidc.buildAuthorizationUrl)(config, {
    redirect_uri: CALLBACK,
    scope: 'openid profile documents',
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    nonce,
    state,
    ...params,
  });
  return { config, url: url.href, verifier, nonce, state };
}

const dpopKeys = oidc.randomDPoPKeyPair('ES256');

const redeem = async ({ config, verifier, nonce, state }: Asked, at: Opened, maxAge?: number) => {
  const checks = {
    pkceCodeVerifier: verifier,
    expectedNonce: nonce,
    expectedState: state,
    idTokenExpected: true,
    ...(maxAge === undefined ? {} : { maxAge }),
  };
  const DPoP = oidc.getDPoPHandle(config, await dpopKeys);
  return oidc.authorizationCodeGrant(config, new URL(at.url), checks, undefined, { DPoP });
};

async function signIn(browser: Browser, asked: Asked, account: string): Promise<Opened> {
  const form = await browser.open(asked.url, CALLBACK);
  return browser.submit(form, { account, pin: SANDBOX_PIN, do: 'sign-in' }, CALLBACK);
}

const essential = (...values: string[]) => ({
  claims: JSON.stringify({ id_token: { acr: { essential: true, values } } }),
});
const errorOf = ({ url }: Opened) => new URL(url).searchParams.get('error');
const personOf = (login: string) => people.find((person) => person.login === login)!;

describe('a city', () => {
  it('says who a person is: account, names, birth day, documents and level', async () => {
    const asked = await ask('shenzhen', { acr_values: 'gd-4 gd-5' });
    const { claims } = await redeem(asked, await signIn(new Browser(), asked, 'chan.meiyee')).then((tokens) => ({
      claims: tokens.claims()!,
    }));
    const chan = personOf('chan.meiyee');
    expect(claims).toMatchObject({
      iss: `${base}/shenzhen`,
      aud: 'everywhere',
      sub: chan.accounts[1]!.sub,
      name: '陳美怡',
      name_latin: 'CHAN Mei Yee',
      birthdate: '1988-05-17',
      locale: 'zh-Hant',
      documents: [chan.documents[1]],
      acr: 'gd-4',
    });
    expect(claims.auth_time).toBeGreaterThan(Date.now() / 1_000 - 60);
  });

  it('knows a person by another identifier than the next city, and by its own documents', async () => {
    const asked = await ask('hong-kong');
    const claims = (await redeem(asked, await signIn(new Browser(), asked, 'chan.meiyee'))).claims()!;
    expect(claims.sub).not.toBe(personOf('chan.meiyee').accounts[1]!.sub);
    expect(claims.documents).toEqual([personOf('chan.meiyee').documents[0]]);
  });

  it.each(CITIES.map(({ slug }) => slug))('%s is a provider of its own', async (slug) => {
    const resident = people.find(({ accounts }) => accounts.some(({ city }) => city === slug))!;
    const asked = await ask(slug, { acr_values: 'none' });
    const metadata = asked.config.serverMetadata();
    expect(metadata.issuer).toBe(`${base}/${slug}`);
    expect(metadata.authorization_endpoint).toBe(`${base}/${slug}/auth`);
    const claims = (await redeem(asked, await signIn(new Browser(), asked, resident.login))).claims()!;
    expect(claims.acr).toBe(resident.accounts.find(({ city }) => city === slug)!.acr);
  });

  it('keeps its signing key when it starts again', async () => {
    const jwks = async (of: string) => (await fetch(`${of}/hangzhou/jwks`)).json();
    const again = await listening((at) =>
      citiesApp({ base: at, secret: 'a secret for tests, long enough', clients: [], people }, () => undefined),
    );
    const other = await listening((at) =>
      citiesApp({ base: at, secret: 'another secret for tests', clients: [], people }, () => undefined),
    );
    const [first, second, third] = [await jwks(base), await jwks(again.base), await jwks(other.base)];
    await closed(again.server);
    await closed(other.server);
    expect(second).toEqual(first);
    expect(third).not.toEqual(first);
    expect(JSON.stringify(first)).not.toContain('"d"');
  });
});

describe('the level', () => {
  it.each([
    ['iamsmart', 'iamsmart'],
    ['iamsmart iamsmart-plus', 'iamsmart-plus'],
    ['gd-4', 'iamsmart-plus'],
  ])('asked for as %j is answered %j by an account of iamsmart-plus', async (wanted, given) => {
    const asked = await ask('hong-kong', { acr_values: wanted });
    const claims = (await redeem(asked, await signIn(new Browser(), asked, 'chan.meiyee'))).claims()!;
    expect(claims.acr).toBe(given);
  });

  it('that is essential and out of reach ends in unmet_authentication_requirements', async () => {
    const asked = await ask('hong-kong', essential('iamsmart-plus'));
    expect(errorOf(await signIn(new Browser(), asked, 'lee.lowlevel'))).toBe('unmet_authentication_requirements');
  });

  it('that is essential is stepped up to when the session has less', async () => {
    const browser = new Browser();
    const first = await ask('hong-kong', { acr_values: 'iamsmart' });
    await redeem(first, await signIn(browser, first, 'chan.meiyee'));
    const second = await ask('hong-kong', essential('iamsmart-plus'));
    const claims = (await redeem(second, await signIn(browser, second, 'chan.meiyee'))).claims()!;
    expect(claims.acr).toBe('iamsmart-plus');
  });
});

describe('a session', () => {
  it('answers silently, and never for somebody who is not signed in', async () => {
    const browser = new Browser();
    const first = await ask('zhuhai');
    await redeem(first, await signIn(browser, first, 'lei.kaman'));
    const silent = await ask('zhuhai', { prompt: 'none' });
    const claims = (await redeem(silent, await browser.open(silent.url, CALLBACK))).claims()!;
    expect(claims.name_latin).toBe('LEI KA MAN');
    const elsewhere = await ask('macao', { prompt: 'none' });
    expect(errorOf(await browser.open(elsewhere.url, CALLBACK))).toBe('login_required');
  });

  it.each<Record<string, string>>([{ prompt: 'login' }, { max_age: '0' }, { prompt: 'select_account' }])(
    'asks again for %j',
    async (params) => {
      const browser = new Browser();
      const first = await ask('zhuhai');
      await redeem(first, await signIn(browser, first, 'lei.kaman'));
      const second = await ask('zhuhai', params);
      const page = await browser.open(second.url, CALLBACK);
      expect(page.text).toContain('id="sign-in"');
      const back = await browser.submit(page, { account: 'lei.kaman', pin: SANDBOX_PIN, do: 'sign-in' }, CALLBACK);
      expect((await redeem(second, back, 'max_age' in params ? 30 : undefined)).claims()!.sub).toBeTruthy();
    },
  );

  it('makes way for another account without a page between', async () => {
    const browser = new Browser();
    const first = await ask('hong-kong');
    await redeem(first, await signIn(browser, first, 'chan.meiyee'));
    const second = await ask('hong-kong', { prompt: 'login' });
    const claims = (await redeem(second, await signIn(browser, second, 'wong.kahou'))).claims()!;
    expect(claims.sub).toBe(personOf('wong.kahou').accounts[0]!.sub);
  });
});

describe('the sign-in page', () => {
  it('has stable names, stands in four languages and runs nothing', async () => {
    for (const [lang, words] of [
      ['zh-Hant', '登入'],
      ['zh-Hans', '登录'],
      ['pt', 'Entrar'],
      ['en', 'Sign in'],
    ] as const) {
      const asked = await ask('macao', { ui_locales: lang });
      const page = await new Browser().open(asked.url);
      expect(page.text).toContain(`<html lang="${lang}">`);
      expect(page.text).toContain(words);
      for (const id of ['account', 'pin', 'sign-in', 'cancel']) expect(page.text).toContain(`id="${id}"`);
      expect(page.text).not.toContain('<script');
    }
  });

  it('refuses a wrong PIN and an account of another city, and says neither which', async () => {
    const asked = await ask('shenzhen');
    const browser = new Browser();
    const form = await browser.open(asked.url);
    const wrongPin = await browser.submit(form, { account: 'chan.meiyee', pin: '000000', do: 'sign-in' });
    const noAccount = await browser.submit(form, { account: 'shen.yuning', pin: SANDBOX_PIN, do: 'sign-in' });
    expect([wrongPin.status, noAccount.status]).toEqual([422, 422]);
    const message = /id="error"[^>]*>([^<]+)/;
    expect(message.exec(wrongPin.text)![1]).toBe(message.exec(noAccount.text)![1]);
    const back = await browser.submit(wrongPin, { account: 'chan.meiyee', pin: SANDBOX_PIN, do: 'sign-in' }, CALLBACK);
    expect((await redeem(asked, back)).claims()!.name_latin).toBe('CHAN Mei Yee');
  });

  it('escapes what was typed', async () => {
    const browser = new Browser();
    const form = await browser.open((await ask('shenzhen')).url);
    const again = await browser.submit(form, { account: '"><script>alert(1)</script>', pin: '1', do: 'sign-in' });
    expect(again.text).toContain('&quot;&gt;&lt;script&gt;');
    expect(again.text).not.toContain('<script');
  });

  it('lets her cancel: the client hears access_denied', async () => {
    const asked = await ask('foshan');
    const browser = new Browser();
    const back = await browser.submit(await browser.open(asked.url), { do: 'cancel' }, CALLBACK);
    expect(errorOf(back)).toBe('access_denied');
    expect(new URL(back.url).searchParams.get('state')).toBe(asked.state);
  });

  it('answers a form without its sign-in with a plain page, not an error', async () => {
    const form = await new Browser().open((await ask('foshan')).url);
    const stranger = await new Browser().submit(form, { account: 'chan.meiyee', pin: SANDBOX_PIN, do: 'sign-in' });
    expect(stranger.status).toBe(400);
    expect(stranger.text).toContain('id="ended"');
    const overlong = await new Browser().open(`${base}/foshan/interaction/unknown`);
    expect(overlong.status).toBe(400);
  });
});

describe('clients', () => {
  it('need PKCE, a registered address, a city that knows them and the right key', async () => {
    const noPkce = await ask('foshan', { code_challenge: '', code_challenge_method: '' });
    expect(errorOf(await new Browser().open(noPkce.url, CALLBACK))).toBe('invalid_request');
    const elsewhere = await ask('foshan', { redirect_uri: 'http://127.0.0.1:9/other' });
    expect(await new Browser().open(elsewhere.url, CALLBACK)).toMatchObject({ status: 400 });
    const unknown = await ask('foshan', {}, 'macao-only');
    expect(await new Browser().open(unknown.url, CALLBACK)).toMatchObject({ status: 400 });
    const asked = await ask('macao', {}, 'macao-only');
    const back = await signIn(new Browser(), asked, 'rosario.ana');
    const { privateKey } = await generateKeyPair('ES256');
    const forged = await oidc.discovery(
      new URL(`${base}/macao`),
      'macao-only',
      undefined,
      oidc.PrivateKeyJwt({ key: privateKey, kid: 'rp-1' }),
      {
        execute: [oidc.allowInsecureRequests],
      },
    );
    await expect(redeem({ ...asked, config: forged }, back)).rejects.toMatchObject({ error: 'invalid_client' });
    expect((await redeem(asked, back)).claims()!.name).toBe('Ana do Rosário');
  });

  it('are refused from the file when a private key stands in it, or an unknown member', async () => {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    const jwks = { keys: [await exportJWK(privateKey)] };
    expect(CityClients.safeParse([{ client_id: 'x', redirect_uris: [CALLBACK], jwks }]).success).toBe(false);
    expect(CityClients.safeParse([{ client_id: 'x', redirect_uris: [CALLBACK], jwks: { keys: [] } }]).success).toBe(
      false,
    );
    expect(CityClients.safeParse([]).success).toBe(false);
  });

  it('caused no fault inside a provider', () => {
    expect(faults).toEqual([]);
  });
});
