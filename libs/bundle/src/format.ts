import { z } from 'zod';
import { isBase64url } from './encoding.js';

/** Names the format; another one gets another name. */
export const BUNDLE_FORMAT = 'urn:bayway:evidence-bundle:1';
/** The same of a request that ended without a release: refused, failed, out of time or taken back. */
export const REFUSAL_FORMAT = 'urn:bayway:refusal-bundle:1';

export const SIDES = ['cn', 'hk', 'mo'] as const;
export const SideName = z.enum(SIDES);
export type SideName = z.infer<typeof SideName>;

const bytes = (characters: number) => z.string().length(characters).refine(isBase64url, 'not strict base64url');
/** 32 bytes. */
export const Bytes32 = bytes(43);
const Bytes64 = bytes(86);
const Size = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
/** An instant with milliseconds, in UTC. */
export const At = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

export const Id = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);

/** A signed object: compact JWS with an ES256 signature. */
export const Jws = z.string().max(64_000).refine(isJws, 'not a compact JWS in strict base64url');
function isJws(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 3 && parts.every(isBase64url) && parts[2]?.length === 86;
}

const Proof = z.array(Bytes32).max(53);
/** Where a commitment stands in a log. */
const Place = z.strictObject({ index: Size, proof: Proof });
/** An entry: the time its record names, the salt of its commitment, where it stands. The record follows from the rest. */
const Entry = z.strictObject({ at: At, salt: Bytes32, index: Size, proof: Proof });
export type Entry = z.infer<typeof Entry>;

/** A line of a key directory; those of keys that sign objects with their place in the log. */
const KeyLine = z.strictObject({ line: Jws, entered: Entry.optional() });
export type KeyLine = z.infer<typeof KeyLine>;

const Cosignature = z.strictObject({ by: SideName, kid: Bytes32, time: Size.max(253_402_300_799), signature: Bytes64 });
const Checkpoint = z.strictObject({
  size: Size.min(1),
  root: Bytes32,
  kid: Bytes32,
  signature: Bytes64,
  cosignatures: z.array(Cosignature).max(2),
});
export type Checkpoint = z.infer<typeof Checkpoint>;

const bySide = <T extends z.ZodType>(shape: T) =>
  z.strictObject({ cn: shape.optional(), hk: shape.optional(), mo: shape.optional() });

export const Entries = z.strictObject({
  requestMade: Entry,
  importerAssessed: Entry,
  requestArrived: Entry,
  exporterAssessed: Entry,
  consentGiven: Entry,
  permitIssued: Entry,
  releaseMade: Entry,
  releaseKnown: Place,
  deliveryMade: Entry,
  deliveryReceipted: Entry,
  receiptArrived: Entry,
});
export type Entries = z.infer<typeof Entries>;
export type EntryName = keyof Entries;

export const Objects = z.strictObject({
  request: Jws,
  importerAssessment: Jws,
  exporterAssessment: Jws,
  consentReceipt: Jws,
  acts: z.array(Jws).min(1).max(10),
  permit: Jws,
  release: Jws,
  deliveryReceipt: Jws,
});
export type Objects = z.infer<typeof Objects>;

const shared = { checkpoints: bySide(Checkpoint), keys: bySide(z.array(KeyLine).min(1).max(200)) };

/** The evidence of one exchange. */
export const Bundle = z.strictObject({
  format: z.literal(BUNDLE_FORMAT),
  ...shared,
  objects: Objects,
  entries: Entries,
});
export type Bundle = z.infer<typeof Bundle>;

/** Which side ended a request, and with what. `rule` is there when its rules decided. Only the importer takes one back. */
export const Refusal = z.strictObject({
  dataRequestId: Id,
  by: z.enum(['importer', 'exporter']),
  outcome: z.enum(['refused', 'failed', 'cancelled']),
  problem: z
    .string()
    .max(60)
    .regex(/^[a-z]+(-[a-z]+)*$/),
  rule: z.string().min(1).max(60).optional(),
});
export type Refusal = z.infer<typeof Refusal>;

export const RefusedObjects = z.strictObject({
  request: Jws,
  importerAssessment: Jws,
  exporterAssessment: Jws.optional(),
});
export type RefusedObjects = z.infer<typeof RefusedObjects>;

const RefusedEntries = z.strictObject({
  requestMade: Entry,
  importerAssessed: Entry,
  requestArrived: Entry.optional(),
  exporterAssessed: Entry.optional(),
  ended: Entry,
  endKnown: Entry.optional(),
});

/** The evidence of a request that ended without a release on one of the two sides. */
export const RefusalBundle = z
  .strictObject({
    format: z.literal(REFUSAL_FORMAT),
    ...shared,
    objects: RefusedObjects,
    refusal: Refusal,
    entries: RefusedEntries,
  })
  .refine(({ objects, refusal, entries }) => {
    const isAbroad = entries.requestArrived !== undefined;
    const isAssessed = objects.exporterAssessment !== undefined;
    return (
      (isAbroad || refusal.by === 'importer') &&
      (refusal.outcome !== 'cancelled' || refusal.by === 'importer') &&
      (entries.endKnown !== undefined) === isAbroad &&
      (entries.exporterAssessed !== undefined) === isAssessed &&
      (isAbroad || !isAssessed)
    );
  }, 'entries are not those of its end');
export type RefusalBundle = z.infer<typeof RefusalBundle>;

/** What a bundle may be. */
export const AnyBundle = z.discriminatedUnion('format', [Bundle, RefusalBundle]);
export type AnyBundle = z.infer<typeof AnyBundle>;

/** A P-256 public key as a JWK. */
export const RootKey = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: Bytes32,
  y: Bytes32,
});
export type RootKey = z.infer<typeof RootKey>;

/** The roots of the three key directories that a verifier trusts: its only trust. */
export const Pins = z.strictObject({ cn: RootKey, hk: RootKey, mo: RootKey });
export type Pins = z.infer<typeof Pins>;

/** Name of a jurisdiction's log, and of its witness. */
export const originOf = (side: SideName): string => `bayway.example/evidence/${side}`;
export const witnessNameOf = (side: SideName): string => `bayway.example/witness/${side}`;
