import { z } from 'zod';

/** The common lattice of identity assurance: 1 (self-asserted) to 4 (in person or equivalent). */
export const AssuranceLevel = z.int().min(1).max(4);
export type AssuranceLevel = z.infer<typeof AssuranceLevel>;

const ACR = 'urn:bayway:loa:';

/** The `acr` value of a level, such as `urn:bayway:loa:3`. */
export const acrOf = (level: AssuranceLevel): string => `${ACR}${level}`;

/** The level that an `acr` value of ours names, or null for any other value. */
export function levelOfAcr(acr: string | undefined): AssuranceLevel | null {
  if (!acr?.startsWith(ACR)) return null;
  const level = AssuranceLevel.safeParse(Number(acr.slice(ACR.length)));
  return level.success ? level.data : null;
}

/** The level of a city's own `acr` in its published scheme. Unknown values are level 1: never raised by guessing. */
const CITY_LEVELS: Readonly<Record<string, AssuranceLevel>> = {
  iamsmart: 2,
  'iamsmart-plus': 3,
  'gd-2': 1,
  'gd-3': 2,
  'gd-4': 3,
  'gd-5': 4,
  'zj-2': 1,
  'zj-3': 2,
  'zj-4': 3,
  'mo-account': 2,
  'mo-account-2fa': 3,
};

/**
 * Maps a city's level to the lattice.
 * Extrapolated: the cities publish no mapping between one another; iAM Smart+ and Guangdong level 4 both rest on a
 * face check against the document chip, which ISO/IEC 29115 calls level 3.
 */
export const levelOfCityAcr = (acr: string | undefined): AssuranceLevel =>
  acr === undefined ? 1 : (CITY_LEVELS[acr] ?? 1);

/** The city values that reach at least `level`, for `acr_values` towards a city. */
export const cityAcrsFrom = (level: AssuranceLevel): string[] =>
  Object.entries(CITY_LEVELS).flatMap(([acr, reached]) => (reached >= level ? [acr] : []));

/** A chain of sign-ins is as strong as its weakest hop. */
export const weakest = (...levels: AssuranceLevel[]): AssuranceLevel => Math.min(...levels);
