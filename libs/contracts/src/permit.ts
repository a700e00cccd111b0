import {
  ConsentId,
  DataRange,
  DataRequestId,
  Day,
  Digest,
  ItemId,
  ParticipantId,
  Signed,
  SubjectHandle,
} from '@bayway/domain';
import { z } from 'zod';
import { defineRequest } from './define.js';

/** Claims of a permit: the signed leave to release once. Its commit starts the release. At most ten seconds. */
export const PermitClaims = z.object({
  iss: z.string().max(60),
  jti: z.uuid(),
  iat: z.int(),
  exp: z.int(),
  consentId: ConsentId,
  dataRequestId: DataRequestId,
  holder: ParticipantId,
  requestDigest: Digest,
  importerAssessmentDigest: Digest,
  exporterAssessmentDigest: Digest,
  use: z.int().min(1),
  /** The days that may be released; absent: any. */
  dataRange: DataRange.optional(),
  /** Last day on which the recipient may keep the record. Permits of before it was said do not have it. */
  retentionUntil: Day.optional(),
});
export type PermitClaims = z.infer<typeof PermitClaims>;

/** The connector, record in hand, asks for leave. Asked again for the same release within its life: the same permit. */
export const issuePermit = defineRequest(
  'consent.permit.v1',
  { from: ['connector'], to: ['consent'] },
  {
    request: z.strictObject({
      consentId: ConsentId,
      subjectHandle: SubjectHandle,
      dataRequestId: DataRequestId,
      holder: ParticipantId,
      /** What the signed request asks for: no item that she did not allow. */
      items: z.array(ItemId).min(1).max(50),
      /** The days that were read, where the request names some: none outside those she allowed. */
      dataRange: DataRange.optional(),
      /** How long the recipient says it keeps the record: no longer than she allowed. */
      retentionUntil: Day.optional(),
      requestDigest: Digest,
      importerAssessmentDigest: Digest,
      exporterAssessmentDigest: Digest,
    }),
    answer: z.object({ permit: Signed }),
  },
);
