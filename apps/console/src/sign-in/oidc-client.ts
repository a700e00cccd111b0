import { Inject, Injectable } from '@nestjs/common';
import { audienceOf, DomainError, scopes, signerOf } from '@bayway/contracts';
import { newKey } from '@bayway/envelope';
import { CONFIG, Keys } from '@bayway/service';
import { importJWK, type CryptoKey, type JWK } from 'jose';
import * as oc from 'openid-client';
import type { ConsoleConfig } from '../config.js';
import type { Session, Tokens } from '../sessions/sessions.service.js';

/** What a sign-in has to remember until it comes back. */
export type Begun = Readonly<{ state: string; nonce: string; verifier: string; dpop: JWK }>;
export type Signed = Readonly<{ subject: string; name: string; tokens: Tokens }>;

/** What is sent; a body only with what changes something. */
export type Sent = Readonly<{ method: 'GET' | 'POST' | 'PATCH'; body?: unknown }>;

const TIMEOUT_S = 5;

/** This console as a client of its own jurisdiction's OpenID provider: PAR, PKCE, `private_key_jwt`, DPoP. */
@Injectable()
export class OidcClient {
  private discovered: Promise<oc.Configuration> | null = null;
  private kids = '';

  constructor(
    @Inject(CONFIG) private readonly config: ConsoleConfig,
    @Inject(Keys) private readonly keys: Keys,
  ) {}

  private get redirectUri(): string {
    return `${this.config.BASE_URL}/cb`;
  }

  /** Pushes an authorization request; answers where to send the browser and what to remember. */
  async begin(uiLocales: string): Promise<{ begun: Begun; url: string }> {
    const configuration = await this.configuration();
    const key = await newKey('sig');
    const begun = {
      state: oc.randomState(),
      nonce: oc.randomNonce(),
      verifier: oc.randomPKCECodeVerifier(),
      dpop: key.jwk,
    };
    const parameters = {
      redirect_uri: this.redirectUri,
      scope: `openid profile ${scopes.consent}`,
      resource: audienceOf(this.config.JURISDICTION, 'consent'),
      state: begun.state,
      nonce: begun.nonce,
      code_challenge: await oc.calculatePKCECodeChallenge(begun.verifier),
      code_challenge_method: 'S256',
      ui_locales: uiLocales,
    };
    const url = await oc.buildAuthorizationUrlWithPAR(configuration, parameters, {
      DPoP: await handleOf(configuration, begun.dpop),
    });
    return { begun, url: url.href };
  }

  /** Redeems the code that came back to `callback`. @throws the library's error when anything does not fit */
  async finish(callback: URL, begun: Begun): Promise<Signed> {
    const configuration = await this.configuration();
    const checks = {
      expectedState: begun.state,
      expectedNonce: begun.nonce,
      pkceCodeVerifier: begun.verifier,
      idTokenExpected: true,
    };
    const DPoP = await handleOf(configuration, begun.dpop);
    const answer = await oc.authorizationCodeGrant(configuration, callback, checks, undefined, { DPoP });
    const claims = answer.claims();
    if (!claims || !answer.id_token) throw new DomainError('token-invalid');
    const expiresAt = Date.now() + (answer.expires_in ?? 60) * 1000;
    const tokens = { accessToken: answer.access_token, idToken: answer.id_token, dpop: { ...begun.dpop }, expiresAt };
    return { subject: claims.sub, name: typeof claims['name'] === 'string' ? claims['name'] : '', tokens };
  }

  /** Calls this jurisdiction's consent service as the resident, with a fresh proof. */
  async call(session: Session, path: string, { method, body }: Sent = { method: 'GET' }): Promise<Response> {
    const configuration = await this.configuration();
    const DPoP = await handleOf(configuration, session.tokens.dpop);
    const url = new URL(path, this.config.CONSENT_URL);
    const headers = new Headers(method === 'GET' ? {} : { 'content-type': 'application/json' });
    const json = method === 'GET' ? undefined : JSON.stringify(body ?? {});
    return oc.fetchProtectedResource(configuration, session.tokens.accessToken, url, method, json, headers, { DPoP });
  }

  /** Where the browser goes to end the session at the provider too. */
  async endUrl(session: Session): Promise<string> {
    const parameters = { id_token_hint: session.tokens.idToken, post_logout_redirect_uri: this.config.BASE_URL };
    return oc.buildEndSessionUrl(await this.configuration(), parameters).href;
  }

  /** Discovered once, again after a failure and after a rotation of our own key or of the provider's. */
  private async configuration(): Promise<oc.Configuration> {
    const key = this.keys.own('client');
    const kids = [key.kid, ...this.issuerKeys().keys.map(({ kid }) => kid)].join();
    if (kids !== this.kids) this.discovered = null;
    this.kids = kids;
    this.discovered ??= this.discover(key.jwk, key.kid).catch((cause: unknown) => {
      this.discovered = null;
      throw new DomainError('service-unavailable', {}, { cause });
    });
    return this.discovered;
  }

  private async discover(jwk: JWK, kid: string): Promise<oc.Configuration> {
    const issuer = new URL(this.config.ISSUERS[this.config.JURISDICTION]);
    const authentication = oc.PrivateKeyJwt({ key: (await importJWK(jwk, 'ES256')) as CryptoKey, kid });
    const execute = [oc.enableNonRepudiationChecks, ...(issuer.protocol === 'http:' ? [oc.allowInsecureRequests] : [])];
    const metadata = { id_token_signed_response_alg: 'ES256' };
    const options = { execute, timeout: TIMEOUT_S, [oc.customFetch]: this.fetch };
    return oc.discovery(issuer, this.config.CLIENT_ID, metadata, authentication, options);
  }

  /** The provider's keys come from the key directory, whatever the network says. */
  private readonly fetch: oc.CustomFetch = (url, options) =>
    url === `${this.config.ISSUERS[this.config.JURISDICTION]}/jwks`
      ? Promise.resolve(Response.json(this.issuerKeys()))
      : fetch(url, options);

  private issuerKeys(): { keys: JWK[] } {
    const owner = signerOf(this.config.JURISDICTION, 'identity');
    const found = this.keys.current().keysOf(owner, 'oidc', new Date());
    return { keys: found.map(({ kid, key }) => ({ ...key, kid, use: 'sig', alg: 'ES256' })) };
  }
}

async function handleOf(configuration: oc.Configuration, jwk: JWK): Promise<oc.DPoPHandle> {
  const { d: _d, ...publicJwk } = jwk;
  const privateKey = (await importJWK(jwk, 'ES256')) as CryptoKey;
  const publicKey = (await importJWK(publicJwk, 'ES256', { extractable: true })) as CryptoKey;
  return oc.getDPoPHandle(configuration, { privateKey, publicKey });
}
