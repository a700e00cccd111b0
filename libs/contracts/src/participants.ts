import { DatasetId, ItemId, Jurisdiction, Language, Mode, ParticipantId, Place, SubjectKind } from '@bayway/domain';
import { z } from 'zod';

export const ParticipantsQuery = z.strictObject({ language: Language });
export type ParticipantsQuery = z.infer<typeof ParticipantsQuery>;

const Words = z.string().max(300);

/** A key of a participant, as the key directory of its jurisdiction publishes it. */
export const ParticipantKey = z.object({
  owner: z.string().max(100),
  use: z.string().max(20),
  kid: z.string().max(43),
  from: z.iso.datetime(),
  to: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
  state: z.enum(['future', 'current', 'retired', 'revoked']),
});
export type ParticipantKey = z.infer<typeof ParticipantKey>;

/** A party of this jurisdiction, in one language. */
export const ParticipantLine = z.object({
  id: ParticipantId,
  name: Words,
  place: Place,
  kind: z.string().max(60),
  status: z.enum(['active', 'suspended']),
  /** How many datasets it offers, and how many mechanisms are on file for what it gives. */
  datasets: z.int(),
  instruments: z.int(),
  /** The last day of the key in force that ends first; null: none of them ends. */
  keyEndsAt: z.iso.datetime().nullable(),
  /** Keys in force. */
  keys: z.int(),
});
export type ParticipantLine = z.infer<typeof ParticipantLine>;

/** `GET /participants`: every party of this jurisdiction. */
export const ParticipantsView = z.object({ items: z.array(ParticipantLine).max(1_000) });
export type ParticipantsView = z.infer<typeof ParticipantsView>;

const Item = z.object({ id: ItemId, name: Words, category: z.string().max(60), sensitive: z.boolean() });

/** `GET /participants/:id`: one party with its keys and what it offers. */
export const ParticipantView = ParticipantLine.extend({
  contact: z.object({ role: Words, email: z.string().max(200) }),
  authority: Words,
  sector: z.string().max(60).nullable(),
  keyring: z.array(ParticipantKey).max(500),
  offers: z
    .array(
      z.object({
        id: DatasetId,
        name: Words,
        subjects: z.array(SubjectKind).max(2),
        level: z.int(),
        modes: z.array(Mode).max(3),
        items: z.array(Item).max(50),
        answers: z.array(z.object({ id: ItemId, name: Words, of: z.array(ItemId).max(10) })).max(50),
        serviceLevel: z.object({ p95Ms: z.int(), availability: z.number() }).nullable(),
      }),
    )
    .max(200),
  onFile: z
    .array(
      z.object({
        recipient: ParticipantId,
        importer: Jurisdiction,
        kind: z.string().max(60),
        datasets: z.array(DatasetId).max(100),
      }),
    )
    .max(1_000),
});
export type ParticipantView = z.infer<typeof ParticipantView>;
