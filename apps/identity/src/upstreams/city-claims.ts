import { fromCity, IdentityDocument, type AcrScheme } from '@bayway/domain';
import { z } from 'zod';
import type { VerifiedPerson } from '../residents/residents.service.js';

/** What a city says about the person it signed in, in the words of OpenID Connect; other styles are read into them. */
export const CityClaims = z.object({
  sub: z.string().min(1).max(255),
  name: z.string().min(1).max(120),
  name_latin: z.string().min(1).max(120).optional(),
  birthdate: z.iso.date().optional(),
  documents: z.array(IdentityDocument).max(10).default([]),
  acr: z.string().max(60).optional(),
  /** Without it nobody could say how old the sign-in is. */
  auth_time: z.int().positive(),
});
export type CityClaims = z.infer<typeof CityClaims>;

/** The person as this service takes her in, with how sure her city is of her in its own scheme. */
export function personOf(issuer: string, scheme: AcrScheme, claims: CityClaims): VerifiedPerson {
  return {
    issuer,
    sub: claims.sub,
    name: claims.name,
    nameLatin: claims.name_latin ?? null,
    bornOn: claims.birthdate ?? null,
    documents: claims.documents,
    assurance: fromCity(scheme, claims.acr),
    authTime: claims.auth_time,
  };
}
