import { cityAcrsFrom, IdentityDocument, levelOfCityAcr, type AssuranceLevel } from '@bayway/domain';
import { z } from 'zod';
import type { AcrScheme } from '../config.js';
import type { VerifiedPerson } from '../residents/residents.service.js';

/** What a city says about the person it signed in. */
export const CityClaims = z.object({
  sub: z.string().min(1).max(255),
  name: z.string().min(1).max(120),
  name_latin: z.string().min(1).max(120).optional(),
  birthdate: z.iso.date().optional(),
  documents: z.array(IdentityDocument).max(10).default([]),
  acr: z.string().max(60).optional(),
  auth_time: z.int().optional(),
});
export type CityClaims = z.infer<typeof CityClaims>;

/** How the values of each scheme begin: a city cannot use those of another to raise a level. */
const PREFIXES: Readonly<Record<AcrScheme, string>> = {
  'iam-smart': 'iamsmart',
  guangdong: 'gd-',
  zhejiang: 'zj-',
  'macao-one': 'mo-',
};

/** The level of a city's sign-in on the common lattice; of a value outside its scheme the lowest. */
export const cityLevel = (scheme: AcrScheme, acr: string | undefined): AssuranceLevel =>
  acr?.startsWith(PREFIXES[scheme]) ? levelOfCityAcr(acr) : 1;

/** The values to ask a city for, so that at least a level is reached; none when any will do. */
export const cityAcrs = (scheme: AcrScheme, level: AssuranceLevel): string[] =>
  level > 1 ? cityAcrsFrom(level).filter((acr) => acr.startsWith(PREFIXES[scheme])) : [];

export function personOf(issuer: string, scheme: AcrScheme, claims: CityClaims): VerifiedPerson {
  return {
    issuer,
    sub: claims.sub,
    name: claims.name,
    nameLatin: claims.name_latin ?? null,
    bornOn: claims.birthdate ?? null,
    documents: claims.documents,
    level: cityLevel(scheme, claims.acr),
  };
}
