import { Inject, Injectable } from '@nestjs/common';
import { audienceOf, scopes, signerOf, type LocalText, type ServiceName } from '@bayway/contracts';
import { JURISDICTIONS, LANGUAGES, type Jurisdiction } from '@bayway/domain';
import { CONFIG, Keys } from '@bayway/service';
import { jurisdictionName } from '@bayway/design';
import type { AdapterPayload, JWK } from 'oidc-provider';
import { readClients, type IdentityConfig, type OAuthClient } from '../config.js';

/** Client id of a jurisdiction's provider at the other two. */
export const peerClientId = (jurisdiction: Jurisdiction): string => `op-${jurisdiction}`;

export type ClientKind = OAuthClient['kind'] | 'peer';

/** Client as the pages and rules of this service see it. */
export type KnownClient = Readonly<{ id: string; kind: ClientKind; name: LocalText; peer: Jurisdiction | null }>;

const SCOPES: Readonly<Record<ClientKind, string>> = {
  partner: 'openid offline_access',
  console: 'openid profile offline_access',
  administration: 'openid profile offline_access',
  peer: 'openid',
};

/** Who may use this provider: partners and the console from settings, the peers by the rules of the network. */
@Injectable()
export class Clients {
  private readonly listed: ReadonlyMap<string, OAuthClient>;
  private readonly peers: ReadonlyMap<string, Jurisdiction>;
  private readonly me: Jurisdiction;

  constructor(
    @Inject(CONFIG) private readonly config: IdentityConfig,
    @Inject(Keys) private readonly keys: Keys,
  ) {
    this.me = config.JURISDICTION;
    this.listed = new Map(readClients(config.CLIENTS_FILE).map((client) => [client.client_id, client]));
    this.peers = new Map(JURISDICTIONS.filter((j) => j !== this.me).map((j) => [peerClientId(j), j]));
  }

  /** A client of this provider, or null. */
  find(id: string): KnownClient | null {
    const peer = this.peers.get(id);
    if (peer) return { id, kind: 'peer', peer, name: nameOfPeer(peer) };
    const listed = this.listed.get(id);
    return listed ? { id, kind: listed.kind, peer: null, name: listed.name } : null;
  }

  /** The resource servers a client's access tokens may be for, one each; the first when it names none (RFC 8707). */
  audiences(client: KnownClient): [string, ...string[]] {
    const services = {
      partner: ['broker'],
      console: ['consent'],
      administration: ['consent', 'broker'],
      peer: ['identity'],
    } as const satisfies Record<KnownClient['kind'], readonly [ServiceName, ...ServiceName[]]>;
    const [first, ...others] = services[client.kind];
    return [audienceOf(this.me, first), ...others.map((service) => audienceOf(this.me, service))];
  }

  /** The scope at those resource servers. A peer needs none: what it asks for comes in the ID token. */
  resourceScope(client: KnownClient): string {
    const { data: partner, consent: console, administration } = scopes;
    return { partner, console, administration, peer: '' }[client.kind];
  }

  /** Client metadata for oidc-provider, with the keys that the key directory lists at this moment. */
  readonly metadata = (id: string): AdapterPayload | undefined => {
    const client = this.find(id);
    if (!client) return undefined;
    return {
      ...(client.peer ? this.ofPeer(client.peer) : this.ofListed(id)),
      client_id: id,
      client_name: client.name.en,
      scope: SCOPES[client.kind],
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
  };

  private ofPeer(peer: Jurisdiction): Addresses {
    return { redirect_uris: [`${this.config.ISSUERS[peer]}/cb`], jwks: this.keysOf(signerOf(peer, 'identity')) };
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

  private keysOf(owner: string): { keys: JWK[] } {
    const found = this.keys.current().keysOf(owner, 'client', new Date());
    return { keys: found.map(({ kid, key }) => ({ ...key, kid, use: 'sig', alg: 'ES256' })) };
  }
}

/** A console of this jurisdiction: it knows residents by their own ids, and asks for no records. */
export const isOurs = ({ kind }: Pick<KnownClient, 'kind'>): boolean => kind === 'console' || kind === 'administration';

type Addresses = Pick<AdapterPayload, 'redirect_uris' | 'post_logout_redirect_uris' | 'default_acr_values' | 'jwks'>;

const nameOfPeer = (peer: Jurisdiction): LocalText =>
  Object.fromEntries(LANGUAGES.map((language) => [language, jurisdictionName(language, peer)])) as LocalText;
