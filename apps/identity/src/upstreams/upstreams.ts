import { Inject, Injectable } from '@nestjs/common';
import { JURISDICTIONS, type Jurisdiction, type Language } from '@bayway/domain';
import { jurisdictionName, placeName } from '@bayway/design';
import { CONFIG } from '@bayway/service';
import { peerClientId } from '../clients/clients.js';
import { readUpstreams, type CityUpstream, type IdentityConfig } from '../config.js';

export type City = Readonly<{ kind: 'city'; id: string; issuer: string; clientId: string; city: CityUpstream }>;
export type Peer = Readonly<{ kind: 'peer'; id: Jurisdiction; issuer: string; clientId: string }>;

/** An identity provider that this service sends people to. `id` is its name in our addresses. */
export type Upstream = City | Peer;

/** Cities from settings, and the providers of the other two jurisdictions. */
@Injectable()
export class Upstreams {
  readonly cities: readonly City[];
  readonly peers: readonly Peer[];

  constructor(@Inject(CONFIG) config: IdentityConfig) {
    const me = config.JURISDICTION;
    this.cities = readUpstreams(config.UPSTREAMS_FILE).map((city) => ({
      kind: 'city',
      id: city.slug,
      issuer: city.issuer,
      clientId: city.client_id,
      city,
    }));
    this.peers = JURISDICTIONS.filter((j) => j !== me).map((j) => ({
      kind: 'peer',
      id: j,
      issuer: config.ISSUERS[j],
      clientId: peerClientId(me),
    }));
  }

  find(id: string): Upstream | null {
    return this.cities.find((city) => city.id === id) ?? this.peer(id);
  }

  peer(id: string): Peer | null {
    return this.peers.find((peer) => peer.id === id) ?? null;
  }
}

export const upstreamName = (language: Language, upstream: Upstream): string =>
  upstream.kind === 'city' ? placeName(language, upstream.city.place) : jurisdictionName(language, upstream.id);
