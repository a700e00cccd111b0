import type { BankKeys } from '../bank/keys.js';

/** A holder with pages of its own, where people get their own records. */
export type PortalHolder = Readonly<{
  /** Its name as a participant; also its client id at the cities. */
  participant: string;
  name: string;
  dataset: string;
  /** Slugs of the cities that it takes sign-ins from. */
  cities: readonly string[];
  /** Its own connector, on its own machine, and what it shows there. */
  connector: string;
  token: string;
  keys: Pick<BankKeys, 'client'>;
}>;

export type PortalSettings = Readonly<{
  /** Its own address, without a slash at the end. */
  base: string;
  /** Address of the cities, without a slash at the end. */
  cities: string;
  holders: readonly PortalHolder[];
}>;
