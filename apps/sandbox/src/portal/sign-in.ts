import * as oidc from 'openid-client';
import { z } from 'zod';
import type { PortalHolder, PortalSettings } from './settings.js';

/** A sign-in that was sent to a city. */
export type PortalFlow = Readonly<{
  city: string;
  state: string;
  nonce: string;
  verifier: string;
  dpop: oidc.DPoPHandle;
}>;

/** Who a city says that she is. */
const Who = z.looseObject({
  name: z.string().max(200).default(''),
  documents: z
    .array(z.looseObject({ kind: z.string().max(40), number: z.string().max(40) }))
    .min(1)
    .max(20),
});
export type Who = z.infer<typeof Who>;

/** A holder as a client of the cities: PAR, PKCE, DPoP, `private_key_jwt`. */
export class PortalClient {
  constructor(
    private readonly settings: PortalSettings,
    private readonly holder: PortalHolder,
  ) {}

  async begin(city: string): Promise<{ url: URL; flow: PortalFlow }> {
    const config = await this.configuration(city);
    const dpop = oidc.getDPoPHandle(config, await oidc.randomDPoPKeyPair('ES256'));
    const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()];
    const params = {
      redirect_uri: `${this.settings.base}/${this.holder.participant}/cb`,
      scope: 'openid profile documents',
      ...{ state, nonce },
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    };
    const url = await oidc.buildAuthorizationUrlWithPAR(config, params, { DPoP: dpop });
    return { url, flow: { city, state, nonce, verifier, dpop } };
  }

  /** Throws the city's OAuth error. */
  async finish({ city, state, nonce, verifier, dpop }: PortalFlow, callback: URL): Promise<Who> {
    const config = await this.configuration(city);
    const checks = { pkceCodeVerifier: verifier, expectedNonce: nonce, expectedState: state, idTokenExpected: true };
    const tokens = await oidc.authorizationCodeGrant(config, callback, checks, undefined, { DPoP: dpop });
    const sub = tokens.claims()?.sub ?? '';
    return Who.parse(await oidc.fetchUserInfo(config, tokens.access_token, sub, { DPoP: dpop }));
  }

  private configuration(city: string): Promise<oidc.Configuration> {
    const { participant, keys } = this.holder;
    const authentication = oidc.PrivateKeyJwt({ key: keys.client.key, kid: keys.client.kid });
    const issuer = new URL(`${this.settings.cities}/${city}`);
    const execute = issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : [];
    return oidc.discovery(issuer, participant, { use_mtls_endpoint_aliases: false }, authentication, {
      execute,
      timeout: 15,
    });
  }
}
