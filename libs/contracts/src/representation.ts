import { DatasetId, Day, Digest, IdentityDocument, Instant, ResidentId, Subject, SubjectKind } from '@bayway/domain';
import { z } from 'zod';
import { defineRequest } from './define.js';

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

/** A child or an organisation as the proof names it. */
export const NamedSubject = z.strictObject({
  kind: SubjectKind,
  /** As the document has it. */
  name: z.string().min(1).max(120),
  nameLatin: z.string().min(1).max(120).optional(),
  bornOn: Day.optional(),
  document: IdentityDocument,
});
export type NamedSubject = z.infer<typeof NamedSubject>;

/**
 * Body of an administrator's `POST /admin/representations/enrolment`: a power of which only the papers are at hand. Whoever
 * acts has signed in here before; the subject need not have.
 */
export const EnrolRepresentation = RecordRepresentation.omit({ subject: true, actorId: true, bornOn: true }).extend({
  subject: NamedSubject,
  actor: IdentityDocument,
});
export type EnrolRepresentation = z.infer<typeof EnrolRepresentation>;

/** consent asks whom documents name; a subject that is not known yet is entered. Numbers stay with identity. */
export const enrolSubject = defineRequest(
  'identity.enrol.v1',
  { from: ['consent'], to: ['identity'] },
  {
    request: z.strictObject({ subject: NamedSubject, actor: IdentityDocument }),
    answer: z.object({ subject: Subject, actorId: ResidentId }),
  },
);

/** identity asks for whom a resident may answer about a dataset today. Needs her actor token. */
export const powersToAct = defineRequest(
  'consent.powers.v1',
  { from: ['identity'], to: ['consent'] },
  {
    request: z.strictObject({ dataset: DatasetId }),
    answer: z.object({ powers: z.array(z.object({ kind, subject: ResidentId })).max(50) }),
  },
);

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
