import { DomainError } from '@bayway/contracts';
import { fromCity, IdentityDocument } from '@bayway/domain';
import { z } from 'zod';
import type { VerifiedPerson } from '../residents/residents.service.js';
import type { City } from './upstreams.js';

/** What a city says about the person it signed in, in the words of OpenID Connect; other styles are read into them. */
const CityClaims = z.object({
  sub: z.string().min(1).max(255),
  name: z.string().min(1).max(120),
  name_latin: z.string().min(1).max(120).optional(),
  birthdate: z.iso.date().optional(),
  documents: z.array(IdentityDocument).max(10).default([]),
  acr: z.string().max(60).optional(),
  /** Without it nobody could say how old the sign-in is. */
  auth_time: z.int().positive(),
});

/**
 * The person as this service takes her in, with how sure her city is of her in its own scheme.
 * @throws DomainError `city-untrusted` when what the city says is not of the form it should have
 */
export function personOf({ id, issuer, city }: City, said: unknown): VerifiedPerson {
  const parsed = CityClaims.safeParse(said);
  if (!parsed.success) throw new DomainError('city-untrusted', { city: id });
  const { sub, name, name_latin: nameLatin = null, birthdate: bornOn = null, documents, acr, auth_time } = parsed.data;
  const assurance = fromCity(city.acr_scheme, acr);
  return { issuer, sub, name, nameLatin, bornOn, documents, assurance, authTime: auth_time };
}
