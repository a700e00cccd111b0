import { Inject, Injectable } from '@nestjs/common';
import { audienceOf, DomainError, scopes, signerOf, type ServiceName } from '@bayway/contracts';
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
export type Sent = Readonly<{ method: 'GET' | 'POST' | 'PATCH' | 'PUT'; body?: unknown }>;

/** One of the two clients that a console is at its provider. */
export type Registered = Readonly<{
  clientId: string;
  /** Path of the redirect URI. */
  callback: string;
  /** Where the browser comes back to after signing out. */
  home: string;
  scope: string;
  /** The services that its access tokens are for; the first at the sign-in, the others by refreshing. */
  services: readonly ServiceName[];
  /** The level it wants. */
  acr?: string;
}>;

const TIMEOUT_S = 5;

/** This console as a client of its own jurisdiction's OpenID provider: PAR, PKCE, `private_key_jwt`, DPoP. */
export class OidcClient {
  private discovered: Promise<oc.Configuration> | null = null;
  private kids = '';

  constructor(
    private readonly config: ConsoleConfig,
    private readonly keys: Keys,
    private readonly registered: Registered,
  ) {}

  private get redirectUri(): string {
    return `${this.config.BASE_URL}${this.registered.callback}`;
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
    const parameters = new URLSearchParams({
      redirect_uri: this.redirectUri,
      scope: `openid profile ${this.registered.scope}`,
      ...(this.registered.acr === undefined ? {} : { acr_values: this.registered.acr }),
      state: begun.state,
      nonce: begun.nonce,
      code_challenge: await oc.calculatePKCECodeChallenge(begun.verifier),
      code_challenge_method: 'S256',
      ui_locales: uiLocales,
    });
    for (const service of this.registered.services)
      parameters.append('resource', audienceOf(this.config.JURISDICTION, service));
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
    const refreshToken = this.registered.services.length > 1 ? answer.refresh_token : undefined;
    const tokens = {
      accessToken: answer.access_token,
      idToken: answer.id_token,
      dpop: { ...begun.dpop },
      expiresAt,
      ...(refreshToken === undefined ? {} : { refreshToken }),
    };
    return { subject: claims.sub, name: typeof claims['name'] === 'string' ? claims['name'] : '', tokens };
  }

  /** Calls a service of this jurisdiction as whoever is signed in, with a fresh proof. */
  async call(tokens: Tokens, address: URL, { method, body }: Sent = { method: 'GET' }): Promise<Response> {
    const configuration = await this.configuration();
    const DPoP = await handleOf(configuration, tokens.dpop);
    const headers = new Headers(method === 'GET' ? {} : { 'content-type': 'application/json' });
    const json = method === 'GET' ? undefined : JSON.stringify(body ?? {});
    return oc.fetchProtectedResource(configuration, tokens.accessToken, address, method, json, headers, { DPoP });
  }

  /** An access token for one of the services, by the refresh token of the sign-in (RFC 8707 section 2.2). */
  async refresh(tokens: Tokens, service: ServiceName): Promise<Tokens> {
    const configuration = await this.configuration();
    const DPoP = await handleOf(configuration, tokens.dpop);
    const resource = audienceOf(this.config.JURISDICTION, service);
    const answer = await oc.refreshTokenGrant(configuration, tokens.refreshToken ?? '', { resource }, { DPoP });
    return { ...tokens, accessToken: answer.access_token, expiresAt: Date.now() + (answer.expires_in ?? 60) * 1000 };
  }

  /** Where the browser goes to end the session at the provider too. */
  async endUrl(session: Session): Promise<string> {
    const parameters = { id_token_hint: session.tokens.idToken, post_logout_redirect_uri: this.registered.home };
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
    return oc.discovery(issuer, this.registered.clientId, metadata, authentication, options);
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

/** The portal: residents, and their own consents. */
@Injectable()
export class ResidentClient extends OidcClient {
  constructor(@Inject(CONFIG) config: ConsoleConfig, @Inject(Keys) keys: Keys) {
    super(config, keys, {
      clientId: config.CLIENT_ID,
      callback: '/cb',
      home: config.BASE_URL,
      scope: scopes.consent,
      services: ['consent'],
    });
  }
}

/** The administrators' console: a high level of assurance, and tokens for two services. */
@Injectable()
export class AdministratorClient extends OidcClient {
  constructor(@Inject(CONFIG) config: ConsoleConfig, @Inject(Keys) keys: Keys) {
    super(config, keys, {
      clientId: config.ADMINISTRATION_CLIENT_ID ?? '',
      callback: '/console/cb',
      home: `${config.BASE_URL}/console`,
      scope: scopes.administration,
      services: ['consent', 'broker'],
      acr: 'urn:bayway:loa:3',
    });
  }
}

async function handleOf(configuration: oc.Configuration, jwk: JWK): Promise<oc.DPoPHandle> {
  const { d: _d, ...publicJwk } = jwk;
  const privateKey = (await importJWK(jwk, 'ES256')) as CryptoKey;
  const publicKey = (await importJWK(publicJwk, 'ES256', { extractable: true })) as CryptoKey;
  return oc.getDPoPHandle(configuration, { privateKey, publicKey });
}
