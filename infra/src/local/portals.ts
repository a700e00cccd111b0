import { CITIES, JURISDICTIONS, jurisdictionOf, type Jurisdiction } from '@bayway/domain';
import { OFFERS } from './participants/offers.js';
import { PARTIES } from './participants/parties.js';
import type { Text } from './participants/texts.js';

/** A holder whose own pages give people their records to carry, and which record that is. */
export type PortalOf = Readonly<{ jurisdiction: Jurisdiction; holder: string; name: string; dataset: string }>;

const nameOf = (jurisdiction: Jurisdiction, holder: string): string =>
  (PARTIES[jurisdiction].find(({ id }) => id === holder)?.['name'] as Text).en;

/** The holders that have pages of their own: those that compare what people carry. */
export const PORTALS: readonly PortalOf[] = JURISDICTIONS.flatMap((jurisdiction) =>
  OFFERS[jurisdiction]
    .filter(({ modes }) => modes.includes('verify'))
    .map(({ holder, id }) => ({ jurisdiction, holder, name: nameOf(jurisdiction, holder), dataset: id })),
);

/** The cities that a holder of a jurisdiction takes sign-ins from. */
export const citiesOf = (jurisdiction: Jurisdiction): string[] =>
  CITIES.filter(({ place }) => jurisdictionOf(place) === jurisdiction).map(({ slug }) => slug);
