import { PROVIDER } from '../src/oidc/interactions.js';
import type { CurrentProvider } from '../src/oidc/provider.js';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import * as oc from 'openid-client';
import { Browser, type Opened } from './browser.js';
import { REDIRECT_URI } from './partner.js';
import { signInAt } from './walk.js';
import type { Side } from './world.js';

/** An initial access token, as an administrator hands one out. */
export const initialAccessToken = (side: Side): Promise<string> => {
  const provider = side.identity.app.get<CurrentProvider>(PROVIDER)();
  return new provider.InitialAccessToken({ expiresIn: 600 }).save();
};

export type Registered = Record<string, unknown> & Readonly<{ client_id: string; registration_access_token: string }>;
type Answered = Readonly<{ status: number; body: Record<string, unknown> }>;

/** Sends JSON to the registration endpoint, or to a client's own address there. */
export async function registration(
  side: Side,
  { token, method = 'POST', path = '', body }: { token: string; method?: string; path?: string; body?: unknown },
): Promise<Answered> {
  const response = await fetch(`${side.issuer}/reg${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text ? (JSON.parse(text) as Record<string, unknown>) : {} };
}

export async function register(side: Side, metadata: Record<string, unknown> = {}): Promise<Registered> {
  const all = {
    client_name: 'Library card',
    redirect_uris: [REDIRECT_URI],
    post_logout_redirect_uris: ['https://client.example/bye'],
    grant_types: ['authorization_code', 'refresh_token'],
    ...metadata,
  };
  const { status, body } = await registration(side, { token: await initialAccessToken(side), body: all });
  if (status !== 201) throw new Error(`not registered: ${JSON.stringify(body)}`);
  return body as Registered;
}

export type AppKey = Readonly<{ jwk: JWK; key: oc.CryptoKey; kid: string }>;

/** A client key and the public half to register. */
export async function appKey(alg = 'ES256'): Promise<AppKey> {
  const pair = await generateKeyPair(alg, { extractable: true });
  const jwk = await exportJWK(pair.publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  return { jwk: { ...jwk, kid, alg, use: 'sig' }, key: pair.privateKey, kid };
}

/** What a FAPI 2.0 client registers. */
export const fapiMetadata = ({ jwk }: AppKey): Record<string, unknown> => ({
  security_profile: 'fapi2',
  token_endpoint_auth_method: 'private_key_jwt',
  token_endpoint_auth_signing_alg: jwk.alg,
  jwks: { keys: [jwk] },
});

/** An app built on `openid-client`, at one provider. */
export class App {
  private constructor(
    readonly config: oc.Configuration,
    readonly metadata: Registered,
  ) {}

  static async at(side: Side, metadata: Registered, auth?: oc.ClientAuth): Promise<App> {
    const { client_id } = metadata;
    const client = metadata as unknown as Partial<oc.ClientMetadata>;
    const config = await oc.discovery(new URL(side.issuer), client_id, client, auth, {
      execute: [oc.allowInsecureRequests, oc.enableNonRepudiationChecks],
    });
    return new App(config, metadata);
  }

  /** An authorization request, pushed when there is a DPoP key. */
  async attempt(parameters: Record<string, string> = {}, dpop?: oc.DPoPHandle) {
    const [verifier, nonce, state] = [oc.randomPKCECodeVerifier(), oc.randomNonce(), oc.randomState()];
    const all = {
      redirect_uri: REDIRECT_URI,
      scope: 'openid',
      code_challenge: await oc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      nonce,
      state,
      ...parameters,
    };
    const url = dpop
      ? await oc.buildAuthorizationUrlWithPAR(this.config, all, { DPoP: dpop })
      : oc.buildAuthorizationUrl(this.config, all);
    return { url: url.href, checks: { expectedNonce: nonce, expectedState: state, pkceCodeVerifier: verifier } };
  }

  /** Signs a person in from a page of this app, as far as her browser goes by itself. */
  async signIn(login: string, parameters: Record<string, string> = {}, browser = new Browser()) {
    const attempt = await this.attempt(parameters);
    let page = await browser.open(attempt.url);
    if (page.html.includes('/to/hong-kong"')) page = await signInAt(browser, page, 'hong-kong', login);
    return { attempt, page, browser };
  }

  /** The whole sign-in, releasing nothing where she is asked. */
  async tokens(login: string, parameters: Record<string, string> = {}, browser = new Browser()) {
    const { attempt, page } = await this.signIn(login, parameters, browser);
    const back = isRelease(page) ? await browser.submit(page, 'release-form', { do: 'release' }) : page;
    const tokens = await oc.authorizationCodeGrant(this.config, new URL(back.url), attempt.checks);
    return { tokens, browser, back };
  }
}

export const isRelease = (page: Opened): boolean => page.html.includes('id="release-form"');
