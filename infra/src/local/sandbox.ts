import { audienceOf } from '@bayway/contracts';
import { AGENCY_DATABASE, AGENCY_READER, agencyReaderPassword } from './connector.js';
import { cityClientsFile } from './settings.js';
import type { Place } from './environments.js';

/** The environment of the outside world: its own cluster, its own secrets, the bank's keys, and what all of them pin. */
export function sandboxEnvironment(place: Place, outsideUrl: string): Record<string, string> {
  const { home, topology, derive, keys } = place;
  const { cities, bank, mailbox, smtp } = topology.sandbox;
  const bankKeys = keys.of('hk', 'participant/tsing-wan-bank');
  return {
    HOST: '127.0.0.1',
    LANDING_PORT: String(topology.landing),
    LANDING_LINKS: JSON.stringify(
      topology.instances.map((instance) => ({ ...instance, url: topology.urlOf(instance) })),
    ),
    CITIES_PORT: String(cities),
    BANK_PORT: String(bank),
    MAILBOX_PORT: String(mailbox),
    SMTP_PORT: String(smtp),
    CITIES_URL: `http://localhost:${cities}`,
    BANK_URL: `http://localhost:${bank}`,
    SANDBOX_SECRET: derive('sandbox'),
    CITY_CLIENTS_FILE: cityClientsFile(home),
    OUTSIDE_DATABASE_URL: outsideUrl,
    AGENCY_DATABASE,
    AGENCY_READER,
    AGENCY_READER_PASSWORD: agencyReaderPassword(derive),
    BANK_PARTICIPANT: 'tsing-wan-bank',
    BANK_ISSUER: topology.urlOf({ jurisdiction: 'hk', service: 'identity' }),
    BANK_BROKER_URL: topology.urlOf({ jurisdiction: 'hk', service: 'broker' }),
    BANK_AUDIENCE: audienceOf('hk', 'broker'),
    BANK_KEYS_DIR: bankKeys.keysDir,
    BANK_KEK: bankKeys.kek,
    ROOTS: JSON.stringify(keys.roots),
    EVIDENCE_URLS: JSON.stringify(topology.urlsOf('evidence')),
  };
}
