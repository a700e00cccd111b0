import { DatasetId, Day, Digest, Instant, ResidentId, Subject } from '@bayway/domain';
import { z } from 'zod';

const kind = z.enum(['guardian', 'signatory']);
const relation = z.enum(['parent', 'guardian', 'officer', 'agent']);
/** The document that was seen, by its digest; nothing else of it is kept. */
const proof = z.strictObject({
  kind: z.enum([
    'birth-certificate',
    'household-register',
    'court-order',
    'company-register',
    'board-resolution',
    'power-of-attorney',
  ]),
  digest: Digest,
});

/** Body of an administrator's `POST /admin/representations`. */
export const RecordRepresentation = z.strictObject({
  kind,
  subject: Subject,
  /** Who acts. */
  actorId: ResidentId,
  relation,
  proof,
  /** What the power is limited to; absent: everything. */
  datasets: z.array(DatasetId).min(1).max(50).optional(),
  /** Of a child: needed, to end the power before the fourteenth birthday; not kept. */
  bornOn: Day.optional(),
  validFrom: Day.optional(),
  validUntil: Day,
});
export type RecordRepresentation = z.infer<typeof RecordRepresentation>;

/** A power to act for somebody. Who acts is not told: an administrator knows it, and the subject knows her own people. */
export const RepresentationView = z.object({
  id: z.uuid(),
  kind,
  relation,
  proof: z.object({ kind: proof.shape.kind, digest: Digest }),
  datasets: z.array(z.string().max(40)).max(50).nullable(),
  validFrom: Day,
  validUntil: Day,
  recordedAt: Instant,
  endedAt: Instant.nullable(),
});
export type RepresentationView = z.infer<typeof RepresentationView>;
export const RepresentationList = z.object({ items: z.array(RepresentationView).max(50) });
export type RepresentationList = z.infer<typeof RepresentationList>;
