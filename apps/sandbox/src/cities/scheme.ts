import { CITIES, type City } from '@bayway/domain';

/** The `acr` values of a city's own published scheme, weakest first. */
export type Scheme = Readonly<{
  id: 'iam-smart' | 'guangdong' | 'zhejiang' | 'macao-one';
  acrs: readonly [string, ...string[]];
}>;

const IAM_SMART: Scheme = { id: 'iam-smart', acrs: ['iamsmart', 'iamsmart-plus'] };
const GUANGDONG: Scheme = { id: 'guangdong', acrs: ['gd-2', 'gd-3', 'gd-4', 'gd-5'] };
const ZHEJIANG: Scheme = { id: 'zhejiang', acrs: ['zj-2', 'zj-3', 'zj-4'] };
const MACAO_ONE: Scheme = { id: 'macao-one', acrs: ['mo-account', 'mo-account-2fa'] };

/** The scheme by which a city of {@link CITIES} states how sure it is of a person. */
export function schemeOf(city: City): Scheme {
  if (city.place === 'HK') return IAM_SMART;
  if (city.place === 'MO') return MACAO_ONE;
  return city.place.startsWith('CN-44') ? GUANGDONG : ZHEJIANG;
}

/** The city with this slug; an unknown slug is a mistake in our own data. */
export function cityOf(slug: string): City {
  const city = CITIES.find((each) => each.slug === slug);
  if (!city) throw new RangeError(`no city ${slug}`);
  return city;
}

/**
 * The level a sign-in reaches: the strongest the account has among those asked for, else the strongest it has.
 * @param city whose scheme applies
 * @param reached the strongest `acr` of the account
 * @param requested `acr_values` or the values of an acr claim; those of other schemes are passed over
 */
export function acrFor(city: City, reached: string, requested: readonly string[]): string {
  const { acrs } = schemeOf(city);
  const had = acrs.slice(0, acrs.indexOf(reached) + 1);
  return had.filter((acr) => requested.includes(acr)).at(-1) ?? reached;
}
