import { CITIES, type Place } from '@bayway/domain';
import type { PlaceSet, System } from './vocabulary.js';

/** The nine Mainland cities of the Bay: the area of the standard contracts, with Hong Kong or Macao. */
export const NINE_CITIES: readonly Place[] = CITIES.filter(({ place, bay }) => bay && place.startsWith('CN-')).map(
  ({ place }) => place,
);

/** GB/T 2260 codes of Guangdong begin so. */
const GUANGDONG = 'CN-44';

/** The legal system of a place. */
export function systemOf(place: Place): System {
  if (place === 'HK') return 'hk';
  if (place === 'MO') return 'mo';
  return place.startsWith('CN-') ? 'cn' : 'other';
}

const SETS: Readonly<Record<string, (place: Place) => boolean>> = {
  mainland: (place) => systemOf(place) === 'cn',
  hk: (place) => place === 'HK',
  mo: (place) => place === 'MO',
  elsewhere: (place) => systemOf(place) === 'other',
  'nine-cities': (place) => NINE_CITIES.includes(place),
  guangdong: (place) => place.startsWith(GUANGDONG),
};

/** Whether a place lies in a named set or is the place itself. */
export const within = (set: PlaceSet): ((place: Place) => boolean) => SETS[set] ?? ((place) => place === set);
