import type { IdentityDocument, Language, Place } from '@bayway/domain';
import type { PersonName, Sex } from './names.js';

/** An account at a city's identity provider. The login is the person's; the subject identifier is the city's own. */
export type CityAccount = Readonly<{
  city: string;
  login: string;
  /** The city's identifier of the account: its `sub`. */
  sub: string;
  /** The strongest `acr` of the city's scheme that the account reaches. */
  acr: string;
  /** What the city has verified. */
  documents: readonly IdentityDocument[];
}>;

/** A synthetic resident. None is, or is meant to resemble, a real person. */
export type Person = Readonly<{
  login: string;
  name: PersonName;
  sex: Sex;
  bornOn: string;
  home: Place;
  phone: string;
  email: string;
  locale: Language;
  documents: readonly IdentityDocument[];
  accounts: readonly CityAccount[];
  /** The document under which the Shenzhen credit agency keeps a file about this person, if it does. */
  creditFile: IdentityDocument | null;
}>;

/** A synthetic organisation and who may sign for it. */
export type Organisation = Readonly<{
  id: string;
  name: PersonName;
  place: Place;
  document: IdentityDocument;
  /** Logins of the authorised signatories. */
  signatories: readonly string[];
  /** Whether the Shenzhen credit agency keeps a file about it. */
  creditFile: boolean;
}>;

/** The PIN of every sandbox account; the sandbox protects nothing. */
export const SANDBOX_PIN = '246810';
