import { LANGUAGES } from '@bayway/domain';
import { errors, type Configuration } from 'oidc-provider';
import { z } from 'zod';

/** Which rules a client is held to: plain OpenID Connect, or the FAPI 2.0 Security Profile. */
export const SecurityProfile = z.enum(['openid', 'fapi2']);

const Name = z.string().trim().min(1).max(80);
const WebUrl = z.url().max(300);
const NAMES = LANGUAGES.map((language) => `client_name#${language}`);

/** Members beyond those of the library that a client may register. */
const PROPERTIES = ['security_profile', ...NAMES];

/** Limits on what is registered; its meaning is the library's to check (OpenID Connect Dynamic Client Registration 1.0). */
const Limits = z.looseObject({
  security_profile: SecurityProfile.default('openid'),
  client_name: Name.optional(),
  ...Object.fromEntries(NAMES.map((name) => [name, Name.optional()])),
  redirect_uris: z.array(WebUrl).max(20).optional(),
  post_logout_redirect_uris: z.array(WebUrl).max(20).optional(),
  contacts: z.array(z.string().max(120)).max(5).optional(),
  jwks: z.looseObject({ keys: z.array(z.looseObject({})).max(10) }).optional(),
  jwks_uri: WebUrl.optional(),
  sector_identifier_uri: WebUrl.optional(),
  backchannel_logout_uri: WebUrl.optional(),
  client_uri: WebUrl.optional(),
  logo_uri: WebUrl.optional(),
  policy_uri: WebUrl.optional(),
  tos_uri: WebUrl.optional(),
  initiate_login_uri: WebUrl.optional(),
  scope: z.string().max(200).optional(),
});
const MOST_CHARACTERS = 20_000;

/** What FAPI 2.0 lets sign: not RS256. */
const FAPI_ALGORITHMS = ['ES256', 'PS256', 'EdDSA', 'Ed25519'];

type Metadata = Record<string, unknown>;
const refuse = (reason: string): never => {
  throw new errors.InvalidClientMetadata(reason);
};

/** @see FAPI 2.0 Security Profile, sections 5.3.2 and 5.3.3 */
function holdToFapi2(metadata: Metadata): void {
  if (metadata.token_endpoint_auth_method !== 'private_key_jwt')
    refuse('token_endpoint_auth_method must be private_key_jwt under the profile fapi2');
  if (!FAPI_ALGORITHMS.includes(String(metadata.token_endpoint_auth_signing_alg)))
    refuse(`token_endpoint_auth_signing_alg must be one of ${FAPI_ALGORITHMS.join(', ')} under the profile fapi2`);
  metadata.dpop_bound_access_tokens = true;
  metadata.require_pushed_authorization_requests = true;
  if (metadata.id_token_signed_response_alg === 'RS256') metadata.id_token_signed_response_alg = 'ES256';
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** Codes travel encrypted, or stay on the machine. */
function refusePlainHttp(uris: unknown): void {
  for (const uri of Array.isArray(uris) ? uris : []) {
    const url = URL.parse(String(uri));
    if (url?.protocol === 'http:' && !LOOPBACK.includes(url.hostname))
      refuse('a redirect URI with http must lead to this machine');
  }
}

/** Residents are known to apps by pairwise names only; a client without residents has no sector. */
function nameByPair(metadata: Metadata): void {
  const withPeople = !Array.isArray(metadata.response_types) || metadata.response_types.length > 0;
  metadata.subject_type = withPeople ? 'pairwise' : 'public';
}

/**
 * Checks what an app registers, before the library does. Runs for every client each time its metadata is read: those of
 * the settings and the peers are held to FAPI 2.0 by it too.
 * @param isApp whether the client is one that registered itself
 */
export const extraMetadata = (
  isApp: (clientId: string) => boolean,
): NonNullable<Configuration['extraClientMetadata']> => ({
  properties: PROPERTIES,
  validator: (...[, key, , metadata]) => {
    if (key !== 'security_profile') return;
    const members = metadata as Metadata;
    const read = Limits.safeParse(members);
    if (!read.success) {
      const [issue] = read.error.issues;
      refuse(`${issue?.path.join('.')}: ${issue?.message}`);
    }
    if (JSON.stringify(members).length > MOST_CHARACTERS) refuse('client metadata is too large');
    members.security_profile = read.data?.security_profile;
    if (members.security_profile === 'fapi2') holdToFapi2(members);
    if (!isApp(String(members.client_id))) return;
    refusePlainHttp(members.redirect_uris);
    nameByPair(members);
    members.authorization_details_types = [];
  },
});
