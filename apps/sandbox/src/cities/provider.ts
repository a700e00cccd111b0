import type { City } from '@bayway/domain';
import Provider, {
  interactionPolicy,
  type AdapterFactory,
  type AdapterPayload,
  type Configuration,
  type JWK,
  type KoaContextWithOIDC,
} from 'oidc-provider';
import type { Person } from '../population/person.js';
import { accountsOf, type Registered } from './accounts.js';
import type { ClientKeys } from './client-keys.js';
import type { CityClient } from './clients.js';
import type { Fault } from './faults.js';
import { citySigningKey, derived, type CityKey } from './keys.js';
import { memoryAdapter, ModelStore } from './memory-adapter.js';
import { renderPage } from '../web/page.js';
import { endedPage } from './pages.js';
import { schemeOf } from './scheme.js';
import { languageFor, languageOf } from './texts.js';

/** What one city's identity provider is made of. */
export type CitySetUp = Readonly<{
  city: City;
  /** Address of the cities' server, without a slash at the end. */
  base: string;
  secret: string;
  clients: readonly CityClient[];
  /** Where the keys of clients with a `key_owner` are. */
  clientKeys?: Pick<ClientKeys, 'keysOf'>;
  people: readonly Person[];
}>;

/** The issuer of a city: `https://cities.example/hong-kong`. */
export const issuerOf = (base: string, city: City): string => `${base}/${city.slug}`;

const claimsOf = ({ person, account }: Registered) => ({
  sub: account.sub,
  name: person.name.zh ?? person.name.latin,
  name_latin: person.name.latin,
  birthdate: person.bornOn,
  locale: person.locale,
  documents: account.documents,
});

/** Cities ask for no consent of their own towards an identity service of a jurisdiction: the grant follows the request. */
async function grantAsRequested(ctx: KoaContextWithOIDC) {
  const { session, client, provider } = ctx.oidc;
  if (!client || !session?.accountId) return undefined;
  const known = session.grantIdFor(client.clientId);
  const before = known ? await provider.Grant.find(known) : undefined;
  const grant = before ?? new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope([...ctx.oidc.requestParamOIDCScopes].join(' '));
  grant.addOIDCClaims([...ctx.oidc.requestParamClaims]);
  await grant.save();
  return grant;
}

function policy() {
  const prompts = interactionPolicy.base();
  prompts.add(new interactionPolicy.Prompt({ name: 'select_account', requestable: true }), 0);
  return prompts;
}

/** Whether a city takes requests by PAR only and binds tokens by DPoP: those whose own way OpenID Connect is. */
const isStrict = (city: City): boolean => ['macao-one', 'zhejiang'].includes(schemeOf(city).id);

const clientMetadata = (
  { cities: _cities, key_owner: _owner, jwks: _jwks, ...client }: CityClient,
  keys: JWK[],
  strict: boolean,
) => ({
  ...client,
  jwks: { keys },
  token_endpoint_auth_method: 'private_key_jwt' as const,
  token_endpoint_auth_signing_alg: 'ES256' as const,
  id_token_signed_response_alg: 'ES256' as const,
  dpop_bound_access_tokens: strict,
  grant_types: ['authorization_code'],
  response_types: ['code' as const],
  require_auth_time: true,
});

/** Clients are read each time they are used: their keys change. One without any key is not known. */
class ClientStore extends ModelStore {
  constructor(
    private readonly known: readonly CityClient[],
    private readonly keys: CitySetUp['clientKeys'],
    private readonly strict: boolean,
  ) {
    super('Client', 0);
  }

  override async find(id: string): Promise<AdapterPayload | undefined> {
    const client = this.known.find(({ client_id }) => client_id === id);
    if (!client) return undefined;
    const keys = client.key_owner ? ((await this.keys?.keysOf(client.key_owner)) ?? []) : (client.jwks?.keys ?? []);
    const listed = keys.map(({ d: _d, ...key }) => key);
    return listed.length > 0 ? clientMetadata(client, listed, this.strict) : undefined;
  }
}

/** All providers of a city share what they know, whatever goes wrong with one of them. */
function storeOf({ city, clients: all, clientKeys }: CitySetUp): AdapterFactory {
  const known = all.filter(({ cities }) => cities?.includes(city.slug) ?? true);
  const [clients, sessions] = [new ClientStore(known, clientKeys, isStrict(city)), memoryAdapter([])];
  return (model) => (model === 'Client' ? clients : sessions(model));
}

/** What may differ between the providers of a city. */
type Variation = Readonly<{ key: CityKey; tokenPath: string }>;

function configuration(setUp: CitySetUp, adapter: AdapterFactory, { key, tokenPath }: Variation): Configuration {
  const { city, secret } = setUp;
  const accounts = accountsOf(setUp.people, city, 'sub');
  const cookie = (name: string): string => `city_${city.slug}_${name}`;
  return {
    adapter,
    jwks: { keys: [key] },
    routes: { token: tokenPath },
    cookies: {
      keys: [derived(secret, `city cookies ${city.slug}`).toString('base64url')],
      names: { session: cookie('session'), interaction: cookie('interaction'), resume: cookie('resume') },
    },
    findAccount: (_ctx, sub) => {
      const found = accounts.get(sub);
      return found && { accountId: sub, claims: () => claimsOf(found) };
    },
    loadExistingGrant: grantAsRequested,
    interactions: { policy: policy(), url: (_ctx, { uid }) => `/${city.slug}/interaction/${uid}` },
    acrValues: [...schemeOf(city).acrs],
    scopes: ['openid', 'profile', 'documents'],
    claims: {
      openid: ['sub'],
      profile: ['name', 'name_latin', 'birthdate', 'locale'],
      documents: ['documents'],
      acr: null,
      auth_time: null,
      amr: null,
    },
    renderError: (ctx) => {
      const { headers, text } = renderPage(endedPage(city, languageFor(ctx.acceptsLanguages(), languageOf(city))));
      ctx.set(headers);
      ctx.body = text;
    },
    conformIdTokenClaims: false,
    clientAuthMethods: ['private_key_jwt'],
    responseTypes: ['code'],
    pkce: { required: () => true },
    ttl: { AccessToken: 300, AuthorizationCode: 60, IdToken: 300, Interaction: 3_600, Session: 28_800, Grant: 28_800 },
    features: {
      devInteractions: { enabled: false },
      claimsParameter: { enabled: true },
      dPoP: { enabled: true },
      pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: isStrict(city) },
      rpInitiatedLogout: { enabled: true },
    },
  };
}

/** The OpenID provider of a city: as it is, and as it is with a fault. Mount its callback at the path of its issuer. */
export class CityProvider {
  readonly usual: Provider;
  private readonly faulty: Readonly<Partial<Record<Fault, Provider>>>;
  private readonly callbacks = new Map<Provider, ReturnType<Provider['callback']>>();

  constructor(setUp: CitySetUp) {
    const { city, secret, base } = setUp;
    const adapter = storeOf(setUp);
    const make = (variation: Variation): Provider =>
      new Provider(issuerOf(base, city), configuration(setUp, adapter, variation));
    const key = citySigningKey(secret, city.slug);
    const next = citySigningKey(secret, `${city.slug} next`);
    this.usual = make({ key, tokenPath: '/token' });
    this.faulty = {
      'wrong-signature': make({ key: { ...next, kid: key.kid }, tokenPath: '/token' }),
      'rotated-key': make({ key: next, tokenPath: '/token' }),
      'stale-metadata': make({ key, tokenPath: '/moved/token' }),
    };
  }

  /** What answers at a path. A wrong signature is on tokens only: the keys published are the usual ones. */
  at(fault: Fault | null, path: string): ReturnType<Provider['callback']> {
    const isUsual = fault === null || (fault === 'wrong-signature' && path !== '/token');
    const provider = isUsual ? this.usual : (this.faulty[fault] ?? this.usual);
    const callback = this.callbacks.get(provider) ?? provider.callback();
    this.callbacks.set(provider, callback);
    return callback;
  }
}
