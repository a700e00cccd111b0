import { ServiceConfig } from '@bayway/service';
import { z } from 'zod';

/** Settings of a connector, beside those every service has. */
export const ConnectorConfig = ServiceConfig.extend({
  /** A connector has no inbound port beyond loopback: health and metrics only. */
  HOST: z.enum(['127.0.0.1', '::1', 'localhost']).default('127.0.0.1'),
  /** YAML: the holder, its source, its datasets. */
  CONNECTOR_FILE: z.string().min(1).max(500),
  /** Folder for staged ciphertext; nobody else writes there. */
  STAGING_DIR: z.string().min(1).max(500),
  /** What the holder's own pages show to get records for people to carry; without it nobody gets any. */
  CARRY_TOKEN: z.string().min(32).max(200).optional(),
  /** Folder with the holder's own signing key, sealed under HOLDER_KEK. */
  HOLDER_KEYS_DIR: z.string().min(1).max(500),
  /** Key-encryption key of the holder's keys; KEK when absent. */
  HOLDER_KEK: z
    .string()
    .regex(/^[A-Za-z0-9_-]{43}$/)
    .optional(),
});
export type ConnectorConfig = z.infer<typeof ConnectorConfig>;
