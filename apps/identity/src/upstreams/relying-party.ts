import { Inject, Injectable, Logger } from '@nestjs/common';
import { signerOf } from '@bayway/contracts';
import { importKey } from '@bayway/envelope';
import { CONFIG, Keys } from '@bayway/service';
import * as oc from 'openid-client';
import type { IdentityConfig } from '../config.js';
import type { Expected } from './city-style.js';
import type { Upstream } from './upstreams.js';

const DISCOVERY_SECONDS = 3;
/** A request pushed to a peer waits for the brokers of both sides; a city has nobody to ask. */
const CALL_SECONDS = { peer: 12, city: 5 };
/** Keys of a city are asked for anew when a signature names one that is not among those known for this long. */
const KEYS_SETTLE_SECONDS = 60;

/** Claims of a verified ID token, and the details beside it in the token response. */
export type Redeemed = Readonly<{ claims: oc.IDToken; details: unknown }>;

/**
 * The OpenID client side: `private_key_jwt`, PKCE, and the signature of every ID token checked. A peer is asked by
 * PAR and its token is bound by DPoP; its keys come from the key directory, not from the network. So is a city that can.
 */
@Injectable()
export class RelyingParty {
  private readonly logger = new Logger('upstream');
  private readonly configurations = new Map<string, Promise<oc.Configuration>>();
  private readonly dpopKeys = oc.randomDPoPKeyPair('ES256');

  constructor(
    @Inject(CONFIG) private readonly config: IdentityConfig,
    @Inject(Keys) private readonly keys: Keys,
  ) {}

  get redirectUri(): string {
    return `${this.config.BASE_URL}/cb`;
  }

  /** Discovery when first needed; kept until it fails or a peer's keys change. */
  private configurationOf(upstream: Upstream): Promise<oc.Configuration> {
    const name = `${upstream.id} ${this.peerKeys(upstream)
      .map(({ kid }) => kid)
      .join()}`;
    const known = this.configurations.get(name);
    if (known) return known;
    const made = this.discover(upstream);
    this.configurations.set(name, made);
    made.catch(() => this.configurations.delete(name));
    return made;
  }

  private async discover(upstream: Upstream): Promise<oc.Configuration> {
    const { issuer, clientId } = upstream;
    const discovered = await oc.discovery(new URL(issuer), clientId, {}, this.authenticate, {
      execute: issuer.startsWith('http:') ? [oc.allowInsecureRequests] : [],
      timeout: DISCOVERY_SECONDS,
      [oc.customFetch]: this.fetchFor(upstream),
    });
    return this.configure(upstream, discovered.serverMetadata());
  }

  private configure(upstream: Upstream, metadata: oc.ServerMetadata): oc.Configuration {
    const client = upstream.kind === 'peer' ? { id_token_signed_response_alg: 'ES256' } : {};
    const configuration = new oc.Configuration(metadata, upstream.clientId, client, this.authenticate);
    if (upstream.issuer.startsWith('http:')) oc.allowInsecureRequests(configuration);
    oc.enableNonRepudiationChecks(configuration);
    configuration[oc.customFetch] = this.fetchFor(upstream);
    configuration.timeout = CALL_SECONDS[upstream.kind];
    return configuration;
  }

  /**
   * The same, with the keys read before taken as a minute old: the library then asks for them again when a signature
   * names one that is not among them. Younger ones it would hold on to, and a key changed a moment ago would be refused.
   */
  private withSettledKeys(upstream: Upstream, discovered: oc.Configuration): oc.Configuration {
    const configuration = this.configure(upstream, discovered.serverMetadata());
    const keys = oc.getJwksCache(discovered);
    const latest = Math.floor(Date.now() / 1000) - KEYS_SETTLE_SECONDS;
    if (keys) oc.setJwksCache(configuration, { ...keys, uat: Math.min(keys.uat, latest) });
    return configuration;
  }

  /** Signs with the key that is current at the time, so that a rotation needs no new discovery. */
  private readonly authenticate: oc.ClientAuth = async (...call) => {
    const { jwk, kid } = this.keys.own('client');
    return oc.PrivateKeyJwt({ key: await importKey(jwk, 'client'), kid })(...call);
  };

  private peerKeys(upstream: Upstream): { kid: string }[] {
    if (upstream.kind === 'city') return [];
    const found = this.keys.current().keysOf(signerOf(upstream.id, 'identity'), 'oidc', new Date());
    return found.map(({ kid, key }) => ({ ...key, kid, use: 'sig', alg: 'ES256' }));
  }

  private fetchFor(upstream: Upstream): oc.CustomFetch {
    if (upstream.kind === 'city') return (url, options) => fetch(url, options);
    const jwks = `${upstream.issuer}/jwks`;
    return (url, options) =>
      url === jwks ? Promise.resolve(Response.json({ keys: this.peerKeys(upstream) })) : fetch(url, options);
  }

  /** The address to send the browser to. @throws when the upstream cannot be reached or refuses the request */
  async authorizationUrl(
    upstream: Upstream,
    expected: Expected,
    parameters: Readonly<Record<string, string>>,
  ): Promise<URL> {
    const configuration = await this.configurationOf(upstream);
    const all = {
      ...parameters,
      redirect_uri: this.redirectUri,
      state: expected.state,
      nonce: expected.nonce,
      code_challenge: await oc.calculatePKCECodeChallenge(expected.verifier),
      code_challenge_method: 'S256',
    };
    const pushed = upstream.kind === 'peer' || configuration.serverMetadata().require_pushed_authorization_requests;
    return this.forgetting(upstream, () =>
      pushed
        ? oc.buildAuthorizationUrlWithPAR(configuration, all)
        : Promise.resolve(oc.buildAuthorizationUrl(configuration, all)),
    );
  }

  /** Redeems the code at our callback. @throws when the upstream answered with an error, or with what does not hold */
  async redeem(upstream: Upstream, expected: Expected, callback: URL): Promise<Redeemed> {
    const discovered = await this.configurationOf(upstream);
    const configuration = this.withSettledKeys(upstream, discovered);
    const checks = {
      expectedState: expected.state,
      expectedNonce: expected.nonce,
      pkceCodeVerifier: expected.verifier,
      idTokenExpected: true,
    };
    const { dpop_signing_alg_values_supported: algs = [] } = configuration.serverMetadata();
    const bound =
      upstream.kind === 'peer' || algs.includes('ES256')
        ? { DPoP: oc.getDPoPHandle(configuration, await this.dpopKeys) }
        : undefined;
    const tokens = await this.forgetting(upstream, () =>
      oc.authorizationCodeGrant(configuration, callback, checks, undefined, bound),
    );
    const keys = oc.getJwksCache(configuration);
    if (keys) oc.setJwksCache(discovered, keys);
    const claims = tokens.claims();
    if (!claims) throw new oc.ClientError('no ID token');
    return { claims, details: tokens.authorization_details };
  }

  /** What the upstream is known as may have changed when it failed: discovered anew the next time. */
  private async forgetting<T>(upstream: Upstream, call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      const answered = error instanceof oc.AuthorizationResponseError || error instanceof oc.ResponseBodyError;
      if (!answered) {
        for (const name of this.configurations.keys())
          if (name.startsWith(`${upstream.id} `)) this.configurations.delete(name);
      }
      this.logger.warn({ upstream: upstream.id, failure: failureOf(error) });
      throw error;
    }
  }
}

/** A code for the log; never what the upstream wrote about a person. */
function failureOf(error: unknown): string {
  const { error: code, code: kind, name } = error as { error?: string; code?: string; name?: string };
  return code ?? kind ?? name ?? 'unknown';
}
