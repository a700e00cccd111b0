import { importKey, newKey, type PrivateKey } from '@bayway/envelope';
import { exportJWK, type JWK } from 'jose';
import * as oc from 'openid-client';
import { CLIENT_HOST } from './browser.js';

export const REDIRECT_URI = `https://${CLIENT_HOST}/cb`;

/** One attempt of a partner app to get a record or sign somebody in, with `openid-client` and nothing of ours. */
export type Attempt = Readonly<{ url: string; checks: oc.AuthorizationCodeGrantChecks }>;

export class Partner {
  private constructor(
    readonly config: oc.Configuration,
    private readonly dpopKey: oc.CryptoKeyPair,
  ) {}

  static async connect(issuer: string, clientId: string, key: PrivateKey): Promise<Partner> {
    const auth = oc.PrivateKeyJwt({ key: await importKey(key.jwk, 'client'), kid: key.kid });
    const metadata = { id_token_signed_response_alg: 'ES256' };
    const config = await oc.discovery(new URL(issuer), clientId, metadata, auth, {
      execute: [oc.allowInsecureRequests, oc.enableNonRepudiationChecks],
    });
    return new Partner(config, await oc.randomDPoPKeyPair('ES256'));
  }

  /** The public half of the key its tokens are bound to. */
  publicDpopKey(): Promise<JWK> {
    return exportJWK(this.dpopKey.publicKey);
  }

  private get dpop(): oc.DPoPHandle {
    return oc.getDPoPHandle(this.config, this.dpopKey);
  }

  /** Pushes an authorization request. @throws ResponseBodyError */
  async attempt(parameters: Record<string, string>): Promise<Attempt> {
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
    const url = await oc.buildAuthorizationUrlWithPAR(this.config, all, { DPoP: this.dpop }).catch(telling);
    return { url: url.href, checks: { expectedNonce: nonce, expectedState: state, pkceCodeVerifier: verifier } };
  }

  redeem({ checks }: Attempt, url: string) {
    return oc.authorizationCodeGrant(this.config, new URL(url), checks, undefined, { DPoP: this.dpop });
  }

  refresh(token: string) {
    return oc.refreshTokenGrant(this.config, token, undefined, { DPoP: this.dpop });
  }
}

/** With what was answered in the message, so that a test that fails says why. */
const telling = (error: unknown): never => {
  if (error instanceof oc.ResponseBodyError) error.message += ` (${error.error}: ${error.error_description ?? '–'})`;
  throw error;
};

/** A key that stands in no directory. */
export const strangeKey = (): Promise<PrivateKey> => newKey('client');
