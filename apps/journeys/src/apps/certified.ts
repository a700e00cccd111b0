import * as oauth from 'oauth4webapi';
import { exportJWK, generateKeyPair } from 'jose';
import * as oc from 'openid-client';
import type { System } from '../system.js';
import { Visitor } from '../visitor.js';
import { issuerOf, landing, register, signInThrough, signOutAt } from './register.js';

/** What an app saw of one person: her names before and after a refresh, the tokens, where she was after signing out. */
export type Seen = Readonly<{
  sub: string;
  refreshedSub: string;
  accessTokens: readonly string[];
  signedOutAt: string;
}>;

const local = { execute: [oc.allowInsecureRequests, oc.enableNonRepudiationChecks] };

async function openApp(system: System, metadata: Record<string, unknown>) {
  const page = await landing();
  const uris = { redirect_uris: [`${page.url}/cb`], post_logout_redirect_uris: [`${page.url}/bye`] };
  const client = await register(system, { ...uris, ...metadata });
  return { page, client, redirect_uri: `${page.url}/cb`, post_logout_redirect_uri: `${page.url}/bye` };
}

/** `openid-client` under FAPI 2.0: pushed, DPoP-bound, `private_key_jwt`. */
export async function withOpenidClient(system: System): Promise<Seen> {
  const pair = await generateKeyPair('ES256', { extractable: true });
  const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'app', alg: 'ES256', use: 'sig' };
  const app = await openApp(system, {
    client_name: 'With openid-client',
    security_profile: 'fapi2',
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'ES256',
    jwks: { keys: [jwk] },
  });
  try {
    const auth = oc.PrivateKeyJwt({ key: pair.privateKey, kid: 'app' });
    const metadata = { id_token_signed_response_alg: 'ES256' };
    const config = await oc.discovery(new URL(issuerOf(system)), app.client.client_id, metadata, auth, local);
    const DPoP = oc.getDPoPHandle(config, await oc.randomDPoPKeyPair('ES256'));
    const [pkceCodeVerifier, expectedNonce, expectedState] = [
      oc.randomPKCECodeVerifier(),
      oc.randomNonce(),
      oc.randomState(),
    ];
    const parameters = {
      redirect_uri: app.redirect_uri,
      scope: 'openid',
      code_challenge: await oc.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      nonce: expectedNonce,
      state: expectedState,
    };
    const visitor = new Visitor();
    const start = await visitor.open((await oc.buildAuthorizationUrlWithPAR(config, parameters, { DPoP })).href);
    const back = new URL((await signInThrough(visitor, start)).url);
    const checks = { pkceCodeVerifier, expectedNonce, expectedState };
    const first = await oc.authorizationCodeGrant(config, back, checks, undefined, { DPoP });
    const second = await oc.refreshTokenGrant(config, first.refresh_token ?? '', undefined, { DPoP });
    const { post_logout_redirect_uri } = app;
    const end = oc.buildEndSessionUrl(config, { id_token_hint: first.id_token ?? '', post_logout_redirect_uri });
    const bye = await signOutAt(visitor, end.href);
    return {
      sub: first.claims()?.sub ?? '',
      refreshedSub: second.claims()?.sub ?? '',
      accessTokens: [first.access_token, second.access_token],
      signedOutAt: new URL(bye.url).pathname,
    };
  } finally {
    await app.page.stop();
  }
}

const insecure = { [oauth.allowInsecureRequests]: true };

/** `oauth4webapi` with a secret in the body. */
export async function withOauth4webapi(system: System): Promise<Seen> {
  const app = await openApp(system, {
    client_name: 'With oauth4webapi',
    token_endpoint_auth_method: 'client_secret_post',
  });
  try {
    const issuer = new URL(issuerOf(system));
    const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure));
    const client: oauth.Client = { client_id: app.client.client_id };
    const auth = oauth.ClientSecretPost(app.client.client_secret ?? '');
    const visitor = new Visitor();
    const { back, verifier, nonce } = await codeOf(as, { visitor, client, redirect_uri: app.redirect_uri });
    const answer = await oauth.authorizationCodeGrantRequest(
      as,
      client,
      auth,
      oauth.validateAuthResponse(as, client, back, back.searchParams.get('state') ?? oauth.expectNoState),
      app.redirect_uri,
      verifier,
      insecure,
    );
    const first = await oauth.processAuthorizationCodeResponse(as, client, answer, { expectedNonce: nonce });
    const again = await oauth.refreshTokenGrantRequest(as, client, auth, first.refresh_token ?? '', insecure);
    const second = await oauth.processRefreshTokenResponse(as, client, again);
    const end = new URL(as.end_session_endpoint ?? '');
    end.searchParams.set('id_token_hint', first.id_token ?? '');
    end.searchParams.set('post_logout_redirect_uri', app.post_logout_redirect_uri);
    const bye = await signOutAt(visitor, end.href);
    return {
      sub: oauth.getValidatedIdTokenClaims(first)?.sub ?? '',
      refreshedSub: oauth.getValidatedIdTokenClaims(second)?.sub ?? '',
      accessTokens: [first.access_token, second.access_token],
      signedOutAt: new URL(bye.url).pathname,
    };
  } finally {
    await app.page.stop();
  }
}

type Asking = Readonly<{ visitor: Visitor; client: oauth.Client; redirect_uri: string }>;

async function codeOf(as: oauth.AuthorizationServer, { visitor, client, redirect_uri }: Asking) {
  const [verifier, nonce] = [oauth.generateRandomCodeVerifier(), oauth.generateRandomNonce()];
  const url = new URL(as.authorization_endpoint ?? '');
  const parameters = {
    client_id: client.client_id,
    redirect_uri,
    response_type: 'code',
    scope: 'openid',
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    nonce,
    state: oauth.generateRandomState(),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  const back = new URL((await signInThrough(visitor, await visitor.open(url.href))).url);
  return { back, verifier, nonce };
}
