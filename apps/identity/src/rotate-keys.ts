import { readConfig, ServiceConfig } from '@bayway/service';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { SigningKeys } from './oidc/signing-keys.js';
import { localVault } from './oidc/vault.js';
import { Secrets } from './secrets.js';

const Ahead = z.coerce.number().int().min(0).max(86_400);

/**
 * Rotates the provider's RS256 keys by hand. For operators, with the environment of the service:
 * `node dist/rotate-keys.js [seconds]` prints the new `kid`. The key is published within fifteen seconds and signs after
 * `seconds` (60): the old one stays published until the last token it signed has expired.
 */
export async function rotateKeys(
  config: Pick<ServiceConfig, 'DATABASE_URL' | 'KEK'>,
  seconds: number,
): Promise<string> {
  const db = await new DataSource({ type: 'postgres', url: config.DATABASE_URL, synchronize: false }).initialize();
  try {
    const keys = await SigningKeys.open(db, localVault(new Secrets(config.KEK)));
    keys.onApplicationShutdown();
    return await keys.rotate(new Date(), seconds * 1_000);
  } finally {
    await db.destroy();
  }
}

if (import.meta.filename === process.argv[1]) {
  const config = readConfig(ServiceConfig.pick({ DATABASE_URL: true, KEK: true }));
  process.stdout.write(`${await rotateKeys(config, Ahead.parse(process.argv[2] ?? '60'))}\n`);
}
