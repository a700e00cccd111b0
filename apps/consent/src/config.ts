import { ServiceConfig } from '@bayway/service';
import { z } from 'zod';

/** Settings of the consent service. */
export const ConsentConfig = ServiceConfig.extend({
  /** This jurisdiction's portal: where receipts say that she may withdraw. */
  CONSOLE_URL: z.url().max(200),
});
export type ConsentConfig = z.infer<typeof ConsentConfig>;
