import { readConfig, ServiceConfig } from '@bayway/service';
import Provider from 'oidc-provider';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { artifactAdapter } from './oidc/adapter.js';

const HOUR_SECONDS = 3_600;
const Hours = z.coerce.number().int().min(1).max(720);

const noClients = {
  metadata: () => Promise.resolve(undefined),
  save: () => Promise.reject(new Error('no client is changed here')),
  remove: () => Promise.reject(new Error('no client is changed here')),
};

/**
 * Makes an initial access token: whoever has it may register apps (RFC 7591 section 3) while it lives. For operators,
 * with the environment of the service: `node dist/initial-access.js [hours]` prints it and nothing else.
 * @param hours 1 to 720; it ends then, used or not
 */
export async function initialAccessToken(
  config: Pick<ServiceConfig, 'DATABASE_URL' | 'ISSUER'>,
  hours: number,
): Promise<string> {
  const db = await new DataSource({ type: 'postgres', url: config.DATABASE_URL, synchronize: false }).initialize();
  try {
    const provider = new Provider(config.ISSUER, {
      adapter: artifactAdapter(db, noClients),
      features: { devInteractions: { enabled: false }, registration: { enabled: true, initialAccessToken: true } },
    });
    return await new provider.InitialAccessToken({ expiresIn: hours * HOUR_SECONDS }).save();
  } finally {
    await db.destroy();
  }
}

if (import.meta.filename === process.argv[1]) {
  const config = readConfig(ServiceConfig.pick({ DATABASE_URL: true, ISSUER: true }));
  process.stdout.write(`${await initialAccessToken(config, Hours.parse(process.argv[2] ?? '24'))}\n`);
}
