import * as oidc from 'openid-client';
import { GrantedDetail, fits, type AskedDetail } from './detail.js';
import type { BankSettings } from './settings.js';

/** A sign-in that was sent on its way. */
export type Flow = Readonly<{
  state: string;
  nonce: string;
  verifier: string;
  dpop: oidc.DPoPHandle;
  asked: AskedDetail;
}>;

/** What a finished sign-in gives the bank. */
export type Grant = Readonly<{ accessToken: string; dpop: oidc.DPoPHandle; customer: string; detail: GrantedDetail }>;

/** The bank as a client of its jurisdiction's OpenID provider: PAR, PKCE, DPoP, `private_key_jwt`, signed ID tokens. */
export class BankClient {
  private discovered: Promise<oidc.Configuration> | undefined;

  constructor(private readonly settings: BankSettings) {}

  /** The provider's metadata: read when first needed, again after a failure. */
  configuration(): Promise<oidc.Configuration> {
    this.discovered ??= this.discover().catch((error: unknown) => {
      this.discovered = undefined;
      throw error;
    });
    return this.discovered;
  }

  private discover(): Promise<oidc.Configuration> {
    const { issuer, participant, keys } = this.settings;
    const local = issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : [];
    const authentication = oidc.PrivateKeyJwt({ key: keys.client.key, kid: keys.client.kid });
    return oidc.discovery(new URL(issuer), participant, { use_mtls_endpoint_aliases: false }, authentication, {
      execute: [...local, oidc.enableNonRepudiationChecks],
      timeout: 15,
    });
  }

  /** Pushes the request; answers where to send the browser. Throws the provider's OAuth error. */
  async begin(asked: AskedDetail): Promise<{ url: URL; flow: Flow }> {
    const config = await this.configuration();
    const dpop = oidc.getDPoPHandle(config, await oidc.randomDPoPKeyPair('ES256'));
    const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()];
    const params = {
      redirect_uri: this.redirectUri,
      scope: 'openid data',
      resource: this.settings.audience,
      state,
      nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      authorization_details: JSON.stringify([asked]),
    };
    const url = await oidc.buildAuthorizationUrlWithPAR(config, params, { DPoP: dpop });
    return { url, flow: { state, nonce, verifier, dpop, asked } };
  }

  /** Redeems the code of a callback. Throws the provider's OAuth error, or an Error when another thing was granted. */
  async finish(flow: Flow, callback: URL): Promise<Grant> {
    const config = await this.configuration();
    const checks = {
      pkceCodeVerifier: flow.verifier,
      expectedNonce: flow.nonce,
      expectedState: flow.state,
      idTokenExpected: true,
    };
    const tokens = await oidc.authorizationCodeGrant(config, callback, checks, undefined, { DPoP: flow.dpop });
    const detail = GrantedDetail.parse(tokens.authorization_details?.[0]);
    if (!fits(detail, flow.asked)) throw new Error('another record was granted than was asked for');
    return { accessToken: tokens.access_token, dpop: flow.dpop, customer: tokens.claims()?.sub ?? '', detail };
  }

  get redirectUri(): string {
    return `${this.settings.base}/cb`;
  }
}
