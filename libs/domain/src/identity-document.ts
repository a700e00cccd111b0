import { z } from 'zod';

/** Documents that name a person; the last two kinds name an organisation. */
export const DOCUMENT_KINDS = [
  'resident-identity-card',
  'hkid',
  'bir',
  'home-return-permit',
  'residence-permit',
  'uscc',
  'hk-brn',
] as const;

export const DocumentKind = z.enum(DOCUMENT_KINDS);
export type DocumentKind = z.infer<typeof DocumentKind>;

/**
 * A document as it was presented or registered; the number in any notation, so that `HKID` brackets, spaces and
 * full-width digits are accepted and later normalised. Whether the number is well formed says {@link isValidDocument}.
 */
export const IdentityDocument = z.strictObject({ kind: DocumentKind, number: z.string().min(1).max(32) });
export type IdentityDocument = z.infer<typeof IdentityDocument>;

/** Whom a kind of document names. */
export const documentSubject = (kind: DocumentKind): 'person' | 'organisation' =>
  kind === 'uscc' || kind === 'hk-brn' ? 'organisation' : 'person';

const NOTATION = /[\s()[\]{}.,/\\\u00b7\u002d\u2010-\u2015\u2212]/gu;

/**
 * The one notation in which numbers are stored and compared: NFKC, upper case, without spaces, brackets or dashes.
 * Changes notation only; it neither checks nor corrects the number.
 */
export function normaliseDocument(document: IdentityDocument): IdentityDocument {
  // ASCII letters only, and NFKC once more at the end: elsewhere case mapping and removal undo the normal form.
  const number = document.number
    .normalize('NFKC')
    .replace(/[a-z]/g, (letter) => letter.toUpperCase())
    .replace(NOTATION, '')
    .normalize('NFKC');
  return { kind: document.kind, number };
}

const weighted = (values: readonly number[], weights: readonly number[]): number =>
  values.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0);

const RESIDENT_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/**
 * The 18th character of a Mainland citizen number, `0`–`9` or `X`.
 * @param body the first 17 digits
 * @see GB 11643-1999 section 4.2.4 (ISO 7064 MOD 11-2)
 */
export const residentCheckDigit = (body: string): string =>
  '10X98765432'.charAt(weighted(Array.from(body, Number), RESIDENT_WEIGHTS) % 11);

/**
 * The character in brackets of a Hong Kong identity card number, `0`–`9` or `A`.
 * @param body one or two capital letters and six digits
 */
export function hkidCheckDigit(body: string): string {
  const values = Array.from(body.padStart(8, ' '), (c) => (c === ' ' ? 36 : parseInt(c, 36)));
  const rest = (11 - (weighted(values, [9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11;
  return rest === 10 ? 'A' : String(rest);
}

const USCC_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/**
 * The 18th character of a unified social credit code.
 * @param body the first 17 characters, digits and capital letters without I, O, S, V and Z
 * @see GB 32100-2015 section 4.2 (modulus 31, weights 3^i)
 */
export function usccCheckCharacter(body: string): string {
  let weight = 1;
  let sum = 0;
  for (const character of body) {
    sum += USCC_ALPHABET.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return USCC_ALPHABET.charAt((31 - (sum % 31)) % 31);
}

function isDay(digits: string): boolean {
  const [year, month, day] = [Number(digits.slice(0, 4)), Number(digits.slice(4, 6)), Number(digits.slice(6))];
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1850 && year < 2200 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

const citizenNumber = (number: string, area: RegExp): boolean =>
  /^\d{17}[\dX]$/.test(number) &&
  area.test(number) &&
  isDay(number.slice(6, 14)) &&
  residentCheckDigit(number.slice(0, 17)) === number.slice(17);

/** First two digits of GB/T 2260: the provinces of the Mainland; 8x0000 stands for the residence permits. */
const PROVINCE = /^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])\d{4}/;

const RULES: Readonly<Record<DocumentKind, (number: string) => boolean>> = {
  'resident-identity-card': (number) => citizenNumber(number, PROVINCE),
  'residence-permit': (number) => citizenNumber(number, /^8[12]0000/),
  hkid: (number) => /^[A-Z]{1,2}\d{6}[\dA]$/.test(number) && hkidCheckDigit(number.slice(0, -1)) === number.slice(-1),
  // The issuer publishes no check algorithm for the last digit, so that the form alone decides.
  bir: (number) => /^[157]\d{7}$/.test(number),
  // Older cards print the number of issues after the lifetime number, newer ones keep it apart.
  'home-return-permit': (number) => /^[HM]\d{8}(\d{2})?$/.test(number),
  uscc: (number) =>
    /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(number) &&
    usccCheckCharacter(number.slice(0, 17)) === number.slice(17),
  'hk-brn': (number) => /^\d{8}$/.test(number),
};

/**
 * Whether a number is well formed: length, letters, area, calendar day and check digit, as far as its issuer
 * publishes them. Says nothing on whether the document was ever issued.
 * @param number in any notation
 */
export const isValidDocument = (kind: DocumentKind, number: string): boolean =>
  RULES[kind](normaliseDocument({ kind, number }).number);

/**
 * The part of the number that stays with the holder, normalised: of a Home Return Permit the lifetime number (letter and
 * eight digits), which survives a re-issue; of every other document the whole number. Holders index their records by it.
 */
export function matchNumber(document: IdentityDocument): string {
  const { kind, number } = normaliseDocument(document);
  return kind === 'home-return-permit' ? number.slice(0, 9) : number;
}

/** What two presentations of the same document have in common: equal keys mean the same holder. */
export const matchKey = (document: IdentityDocument): string => `${document.kind}:${matchNumber(document)}`;
