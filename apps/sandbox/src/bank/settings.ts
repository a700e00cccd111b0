import type { JWK } from 'jose';
import type { BankKeys } from './keys.js';

/** Who the bank is and whom it talks to. */
export type BankSettings = Readonly<{
  /** Its own address, without a slash at the end. */
  base: string;
  /** Its name as a participant; also its OAuth client id. */
  participant: string;
  /** The OpenID provider of its jurisdiction. */
  issuer: string;
  /** The broker of its jurisdiction. */
  broker: string;
  /** The audience of access tokens and signed requests for that broker. */
  audience: string;
  /** Where customers find the pages of the holders, should they bring a record themselves. */
  portal: string;
  keys: BankKeys;
  /** Where the holders' jurisdictions publish their key directories, with their pinned roots. */
  directories: Readonly<Record<string, Readonly<{ url: string; root: JWK }>>>;
}>;
