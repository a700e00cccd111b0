import type { City } from '@bayway/domain';
import type { CityAccount, Person } from '../population/person.js';

/** Somebody's account at a city. */
export type Registered = Readonly<{ person: Person; account: CityAccount }>;

/** The accounts of a city, by the member asked for. */
export function accountsOf(
  people: readonly Person[],
  city: City,
  by: 'login' | 'sub',
): ReadonlyMap<string, Registered> {
  const all = people.flatMap((person) => person.accounts.map((account) => ({ person, account })));
  return new Map(all.filter(({ account }) => account.city === city.slug).map((each) => [each.account[by], each]));
}
