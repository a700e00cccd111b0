import { ServiceConfig } from '@bayway/service';
import { z } from 'zod';

/** Settings of an evidence service. */
export const EvidenceConfig = ServiceConfig.extend({
  /** The signed lines of this jurisdiction's key directory, oldest first, one a line. */
  DIRECTORY_FILE: z.string().min(1).max(500),
});
export type EvidenceConfig = z.infer<typeof EvidenceConfig>;
