import { ServiceConfig } from '@bayway/service';
import { z } from 'zod';

/** Settings of the broker, beside those every service has. */
export const BrokerConfig = ServiceConfig.extend({
  /** JSON with this jurisdiction's parties, datasets, instruments and impact assessments; read at each start. */
  PARTICIPANTS_FILE: z.string().min(1).max(500),
  /** JSON with the Mainland's holidays of years that this release does not know; read at each start. */
  HOLIDAYS_FILE: z.string().min(1).max(500).optional(),
  /** How many days before the last day for a filing, or of an instrument, those in charge are reminded. */
  REMIND_DAYS: z.coerce.number().int().min(1).max(90).default(7),
  /** Requests that one participant may make each second, on average over ten. Each instance counts for itself. */
  REQUESTS_PER_SECOND: z.coerce.number().int().min(1).max(100_000).default(200),
  /**
   * Hosts, separated by commas, whose webhooks may use plain HTTP and private addresses. All others: `https` to public
   * addresses only, so that no participant can have this broker call into its own network.
   */
  WEBHOOK_HOSTS: z
    .string()
    .max(1_000)
    .default('')
    .transform((text) => text.split(',').filter((host) => host !== '')),
});
export type BrokerConfig = z.infer<typeof BrokerConfig>;
