import { Inject, Injectable } from '@nestjs/common';
import { audienceOf, scopes, signerOf, type LocalText, type ServiceName } from '@bayway/contracts';
import { JURISDICTIONS, LANGUAGES, type Jurisdiction } from '@bayway/domain';
import { CONFIG, Keys } from '@bayway/service';
import { jurisdictionName } from '@bayway/design';
import type { AdapterPayload, JWK } from 'oidc-provider';
import { readClients, type IdentityConfig, type OAuthClient } from '../config.js';
import { PeerPolicies } from '../peers/peer-policy.js';
import { RegisteredClients } from './registered-clients.js';

/** Where a provider hears from the peers that sessions there have ended. */
export const BACKCHANNEL_LOGOUT = '/backchannel-logout';

/** Client id of a jurisdiction's provider at the other two. */
export const peerClientId = (jurisdiction: Jurisdiction): string => `op-${jurisdiction}`;

/** `app`: registered itself here; it signs people in and gets no records. */
export type ClientKind = OAuthClient['kind'] | 'peer' | 'app';

/** What a client is allowed to be, known without a look into the database. */
export type Standing = Readonly<{ id: string; kind: ClientKind; peer: Jurisdiction | null }>;

/** Client as the pages and rules of this service see it. */
export type KnownClient = Standing & Readonly<{ name: LocalText }>;

const SCOPES: Readonly<Record<Exclude<ClientKind, 'app'>, string>> = {
  partner: 'openid offline_access',
  console: 'openid profile offline_access',
  administration: 'openid profile offline_access',
  peer: 'openid',
};

/** Who may use this provider: partners and the console from settings, the peers by the rules of the network, and apps that registered. */
@Injectable()
export class Clients {
  private readonly listed: ReadonlyMap<string, OAuthClient>;
  private readonly peers: ReadonlyMap<string, Jurisdiction>;
  private readonly me: Jurisdiction;
  @Inject(PeerPolicies) private readonly policies!: PeerPolicies;

  constructor(
    @Inject(CONFIG) private readonly config: IdentityConfig,
    @Inject(Keys) private readonly keys: Keys,
    @Inject(RegisteredClients) private readonly registered: RegisteredClients,
  ) {
    this.me = config.JURISDICTION;
    this.listed = new Map(readClients(config.CLIENTS_FILE).map((client) => [client.client_id, client]));
    this.peers = new Map(JURISDICTIONS.filter((j) => j !== this.me).map((j) => [peerClientId(j), j]));
  }

  /** What a client is allowed to be. Who is neither peer nor in the settings is an app, if it is anybody. */
  standing(id: string): Standing {
    const peer = this.peers.get(id) ?? null;
    return { id, kind: peer ? 'peer' : (this.listed.get(id)?.kind ?? 'app'), peer };
  }

  /** A client of this provider, or null; a peer that is cut off is none. */
  async find(id: string): Promise<KnownClient | null> {
    const standing = this.standing(id);
    if (standing.peer)
      return this.policies.isCut(standing.peer) ? null : { ...standing, name: nameOfPeer(standing.peer) };
    const listed = this.listed.get(id);
    if (listed) return { ...standing, name: listed.name };
    const app = await this.registered.find(id);
    return app ? { ...standing, name: nameOfApp(app) } : null;
  }

  /** The resource servers a client's access tokens may be for, one each; the first when it names none (RFC 8707). */
  audiences(client: Standing): [string, ...string[]] {
    const services = {
      app: ['identity'],
      partner: ['broker'],
      console: ['consent'],
      administration: ['consent', 'broker', 'evidence'],
      peer: ['identity'],
    } as const satisfies Record<ClientKind, readonly [ServiceName, ...ServiceName[]]>;
    const [first, ...others] = services[client.kind];
    return [audienceOf(this.me, first), ...others.map((service) => audienceOf(this.me, service))];
  }

  /** The scope at those resource servers. A peer needs none: what it asks for comes in the ID token; an app calls none. */
  resourceScope(client: Standing): string {
    const { data: partner, consent: console, administration } = scopes;
    return { partner, console, administration, peer: '', app: '' }[client.kind];
  }

  /** Client metadata for oidc-provider; of others than apps with the keys that the key directory lists at this moment. */
  async metadata(id: string): Promise<AdapterPayload | undefined> {
    const { kind } = this.standing(id);
    if (kind === 'app') return this.registered.find(id);
    const client = await this.find(id);
    if (!client) return undefined;
    return {
      ...(client.peer ? this.ofPeer(client.peer) : this.ofListed(id)),
      client_id: id,
      client_name: client.name.en,
      security_profile: 'fapi2',
      scope: SCOPES[kind],
      grant_types: client.peer ? ['authorization_code'] : ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      subject_type: isOurs(client) ? 'public' : 'pairwise',
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: 'ES256',
      id_token_signed_response_alg: 'ES256',
      require_pushed_authorization_requests: true,
      dpop_bound_access_tokens: true,
      authorization_details_types: isOurs(client) ? [] : ['data-request'],
    };
  }

  /** Registers an app, or changes it. Others than apps are changed in settings and key directory only. */
  save(id: string, metadata: AdapterPayload): Promise<void> {
    return this.registered.save(this.appId(id), metadata);
  }

  remove(id: string): Promise<void> {
    return this.registered.remove(this.appId(id));
  }

  private appId(id: string): string {
    if (this.standing(id).kind !== 'app') throw new RangeError('not an app');
    return id;
  }

  private ofPeer(peer: Jurisdiction): Addresses {
    const there = this.config.ISSUERS[peer];
    return {
      redirect_uris: [`${there}/cb`],
      backchannel_logout_uri: `${there}${BACKCHANNEL_LOGOUT}`,
      jwks: this.keysOf(signerOf(peer, 'identity')),
    };
  }

  private ofListed(id: string): Addresses | undefined {
    const listed = this.listed.get(id);
    if (!listed) return undefined;
    const { redirect_uris, post_logout_redirect_uris = [], default_acr_values: acrs } = listed;
    return {
      redirect_uris,
      post_logout_redirect_uris,
      ...(acrs ? { default_acr_values: acrs } : {}),
      jwks: this.keysOf(listed.key_owner),
    };
  }

  /** Reads the key directory again for the keys of a client that signed with none of those known; null for an app. */
  async keysAgain(id: string): Promise<readonly JWK[] | null> {
    const { kind, peer } = this.standing(id);
    if (kind === 'app') return null;
    await this.keys.refresh();
    return (peer ? this.ofPeer(peer) : this.ofListed(id))?.jwks?.keys ?? null;
  }

  private keysOf(owner: string): { keys: JWK[] } {
    const found = this.keys.current().keysOf(owner, 'client', new Date());
    return { keys: found.map(({ kid, key }) => ({ ...key, kid, use: 'sig', alg: 'ES256' })) };
  }
}

/** A console of this jurisdiction: it knows residents by their own ids, and asks for no records. */
export const isOurs = ({ kind }: Pick<Standing, 'kind'>): boolean => kind === 'console' || kind === 'administration';

/** Clients that sign people in and ask for no records. */
export const isSignInOnly = (client: Pick<Standing, 'kind'>): boolean => client.kind === 'app' || isOurs(client);

type Addresses = Pick<
  AdapterPayload,
  'redirect_uris' | 'post_logout_redirect_uris' | 'backchannel_logout_uri' | 'default_acr_values' | 'jwks'
>;

/** What an app calls itself, in each language it registered a name in (RFC 7591 section 2.2). */
function nameOfApp(app: AdapterPayload): LocalText {
  const named = (language: string): string => {
    const given = app[`client_name#${language}`] ?? app.client_name;
    return typeof given === 'string' ? given : String(app.client_id);
  };
  return Object.fromEntries(LANGUAGES.map((language) => [language, named(language)])) as LocalText;
}

const nameOfPeer = (peer: Jurisdiction): LocalText =>
  Object.fromEntries(LANGUAGES.map((language) => [language, jurisdictionName(language, peer)])) as LocalText;
