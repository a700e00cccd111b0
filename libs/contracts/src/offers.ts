import {
  DataCategory,
  DatasetId,
  ItemId,
  Jurisdiction,
  Mode,
  ParticipantId,
  PartyKind,
  Place,
  SubjectKind,
} from '@bayway/domain';
import { z } from 'zod';
import { LocalText } from './assessment.js';
import { defineRequest } from './define.js';

/** What a recipient has to be shown; which dataset shows it, its holder says. */
export const Requirement = z.enum([
  'creditworthiness',
  'assets',
  'income',
  'tax-paid',
  'academic-degree',
  'health-summary',
  'business-existence',
]);
export type Requirement = z.infer<typeof Requirement>;

/** An item as its holder offers it; whether its law classes it as sensitive stands by jurisdiction. */
const OfferedItem = z.object({
  id: ItemId,
  name: LocalText,
  category: DataCategory,
  sensitive: z.object({ hk: z.boolean(), mo: z.boolean(), cn: z.boolean() }),
  /** What lies further back than so many years is left out; null: all that the holder has. */
  keepYears: z.int().nullable(),
});

/** A dataset as partners find it: what it shows, who holds it, what it needs. */
export const OfferView = z.object({
  exporter: Jurisdiction,
  holder: z.object({ id: ParticipantId, name: LocalText, place: Place, kind: PartyKind }),
  dataset: z.object({ id: DatasetId, name: LocalText }),
  satisfies: z.array(Requirement).max(7),
  subjects: z.array(SubjectKind).max(2),
  /** Assurance level that the sign-in needs. */
  level: z.int().min(1).max(4),
  modes: z.array(Mode).max(3),
  items: z.array(OfferedItem).max(50),
  /** What may be asked in mode `answer`, and which items each answer is drawn from. */
  answers: z.array(OfferedItem.extend({ of: z.array(ItemId).max(10) })).max(50),
  serviceLevel: z.object({ p95Ms: z.int(), availability: z.number() }).nullable(),
});
export type OfferView = z.infer<typeof OfferView>;

/** One page, by holder and dataset; `next` is where the following one begins. */
export const OffersPage = z.object({ items: z.array(OfferView).max(20), next: z.string().max(100).nullable() });
export type OffersPage = z.infer<typeof OffersPage>;

const asked = {
  requirement: Requirement.optional(),
  after: z
    .string()
    .regex(/^[a-z0-9-]{2,40}\/[a-z0-9-]{2,40}$/)
    .optional(),
};

/** `GET /offers`: of one jurisdiction, a page at a time. */
export const OffersQuery = z.strictObject({ exporter: Jurisdiction, ...asked });
export type OffersQuery = z.infer<typeof OffersQuery>;

/** Broker to broker: what do holders of your jurisdiction offer? Nothing in it is about anybody. */
export const listOffers = defineRequest(
  'broker.offers.v1',
  { from: ['broker'], to: ['broker'], border: true },
  { request: z.strictObject(asked), answer: OffersPage },
);
