import type { AssuranceLevel, Language } from '@bayway/domain';
import type { VerifiedPerson } from '../residents/residents.service.js';
import type { Freshness } from '../sign-in/freshness.js';
import type { City } from './upstreams.js';

/** What must be right when she comes back: made for one trip, kept in its row. */
export type Expected = Readonly<{ state: string; nonce: string; verifier: string }>;

/** What a city is asked for. */
export type CityWish = Readonly<{ level: AssuranceLevel; language: Language; freshness: Freshness }>;

/**
 * How a city's identity provider is spoken to. One contract for all styles: the city is told what is needed, and what
 * comes back is verified before anything of it is used. That the level and the time suffice is checked by the caller.
 */
export interface CityStyle {
  /** The address to send the browser to. @throws DomainError `city-unavailable` */
  authorizationUrl(city: City, expected: Expected, wish: CityWish): Promise<URL>;
  /**
   * Whom the city signed in, by what its answer at our callback leads to.
   * @throws DomainError `city-declined` with the city's reason, `city-unavailable`, `city-untrusted`
   */
  redeem(city: City, expected: Expected, callback: URL): Promise<VerifiedPerson>;
}
