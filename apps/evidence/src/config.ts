import { ServiceConfig } from '@bayway/service';
import { z } from 'zod';

/** Settings of an evidence service. */
export const EvidenceConfig = ServiceConfig.extend({
  /** The signed lines of this jurisdiction's key directory, oldest first, one a line. */
  DIRECTORY_FILE: z.string().min(1).max(500),
  /** Seconds between two reconciliations. */
  RECONCILE_SECONDS: z.coerce.number().int().min(1).max(86_400).default(300),
  /** Seconds after which a reconciliation reads all records again instead of the new ones. */
  RECONCILE_ALL_SECONDS: z.coerce.number().int().min(1).max(604_800).default(86_400),
  /** Seconds a record or a release may be on its way before a reconciliation misses it. */
  RECONCILE_GRACE_SECONDS: z.coerce.number().int().min(0).max(86_400).default(120),
});
export type EvidenceConfig = z.infer<typeof EvidenceConfig>;
