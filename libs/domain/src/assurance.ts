import { z } from 'zod';
import { Jurisdiction } from './place.js';

/** The common lattice of identity assurance: 1 (self-asserted) to 4 (in person or equivalent), as ISO/IEC 29115 counts. */
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

/** The schemes by which cities say how sure they are of a person. */
export const AcrScheme = z.enum(['iam-smart', 'guangdong', 'zhejiang', 'macao-one']);
export type AcrScheme = z.infer<typeof AcrScheme>;

/** One value of a scheme, what it rests on, and where it stands in the lattice. */
type Grade = Readonly<{ level: AssuranceLevel; basis: string }>;
type SchemeGrades = Readonly<{ source: string; grades: Readonly<Record<string, Grade>> }>;

/**
 * The cities' own levels. What each rests on is as they publish it; its place in the lattice is extrapolated by us, for
 * they publish no mapping to one another: iAM Smart+ and Guangdong level 4 both rest on a face or chip check against the
 * document, which ISO/IEC 29115 section 8 calls level 3.
 */
export const ASSURANCE_SCHEMES: Readonly<Record<AcrScheme, SchemeGrades>> = {
  'iam-smart': {
    source: 'iamsmart.gov.hk, technical details',
    grades: {
      iamsmart: { level: 2, basis: 'registered remotely, identity card matched with the register' },
      'iamsmart-plus': { level: 3, basis: 'registered in person or by the chip of the identity card' },
    },
  },
  guangdong: {
    source: 'Guangdong Unified Identity Authentication Platform, access guide',
    grades: {
      'gd-2': { level: 1, basis: 'stated by the person' },
      'gd-3': { level: 2, basis: 'name and number matched with the register' },
      'gd-4': { level: 3, basis: 'person, name and document matched' },
      'gd-5': { level: 4, basis: 'certificate, or in person at a counter' },
    },
  },
  zhejiang: {
    source: 'not published; assumed like Guangdong',
    grades: {
      'zj-2': { level: 1, basis: 'stated by the person' },
      'zj-3': { level: 2, basis: 'name and number matched with the register' },
      'zj-4': { level: 3, basis: 'person, name and document matched' },
    },
  },
  'macao-one': {
    source: 'Administrative Regulation 35/2018 (Macao); gov.mo service ps-1047',
    grades: {
      'mo-account': { level: 2, basis: 'opened with the identity card' },
      'mo-account-2fa': { level: 3, basis: 'identity card and a second factor' },
    },
  },
};

/** The level of a city's value in its own scheme. A value of another scheme, an unknown one and none are level 1: never raised by guessing. */
export const levelIn = (scheme: AcrScheme, value: string | undefined): AssuranceLevel => {
  const { grades } = ASSURANCE_SCHEMES[scheme];
  return value !== undefined && Object.hasOwn(grades, value) ? (grades[value]?.level ?? 1) : 1;
};

/** The values of a scheme that reach at least `level`, weakest first; none when any will do. */
export const valuesFrom = (scheme: AcrScheme, level: AssuranceLevel): string[] =>
  level === 1
    ? []
    : Object.entries(ASSURANCE_SCHEMES[scheme].grades).flatMap(([value, grade]) =>
        grade.level >= level ? [value] : [],
      );

const EIDAS = { low: 2, substantial: 3, high: 4 } as const;
export type EidasLevel = keyof typeof EIDAS;

/** The eIDAS level that a level reaches, or null below `low`. @see Regulation (EU) 910/2014 article 8(2) */
export const eidasOf = (level: AssuranceLevel): EidasLevel | null =>
  (['high', 'substantial', 'low'] as const).find((each) => EIDAS[each] <= level) ?? null;

/** The weakest level of the lattice that satisfies an eIDAS level. */
export const levelOfEidas = (eidas: EidasLevel): AssuranceLevel => EIDAS[eidas];

/** The level of assurance of ISO/IEC 29115 section 6 that a level stands for: the lattice counts as it does. */
export const iso29115Of = (level: AssuranceLevel): `LoA${AssuranceLevel}` => `LoA${level}`;

/** What an assurance rests on, in the order it happened: a city's word, a peer that passed it on, a link made earlier. */
export const AssuranceStep = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('city'), scheme: AcrScheme, value: z.string().max(60), level: AssuranceLevel }),
  z.strictObject({ by: z.literal('peer'), jurisdiction: Jurisdiction, level: AssuranceLevel }),
  z.strictObject({ by: z.literal('link'), jurisdiction: Jurisdiction, level: AssuranceLevel }),
]);
export type AssuranceStep = z.infer<typeof AssuranceStep>;

/** How sure somebody is known, and why. INVARIANT: `level` is that of the weakest step. */
export type Assurance = Readonly<{ level: AssuranceLevel; steps: readonly AssuranceStep[] }>;

/** What a city says of somebody, with its value; one outside the city's scheme is noted as `unknown`. */
export const fromCity = (scheme: AcrScheme, value: string | undefined): Assurance => {
  const known = value !== undefined && Object.hasOwn(ASSURANCE_SCHEMES[scheme].grades, value);
  const level = levelIn(scheme, value);
  return { level, steps: [{ by: 'city', scheme, value: known ? value : 'unknown', level }] };
};

/** One hop further. It can lower the level, never raise it. */
export const hop = ({ level, steps }: Assurance, step: AssuranceStep): Assurance => ({
  level: weakest(level, step.level),
  steps: [...steps, step],
});

/** What a peer says of somebody: all that is known of the way before it is the level. */
export const fromPeer = (jurisdiction: Jurisdiction, acr: string | undefined): Assurance => {
  const level = levelOfAcr(acr) ?? 1;
  return { level, steps: [{ by: 'peer', jurisdiction, level }] };
};

/** A chain of sign-ins is as strong as its weakest hop. */
export const weakest = (...levels: AssuranceLevel[]): AssuranceLevel => Math.min(...levels);
