import { audienceOf } from '@bayway/contracts';
import { holderDatabases } from './connectors.js';
import { cityClientsFile } from './settings.js';
import type { Place } from './environments.js';
import { PARTNERS } from './topology.js';

/** The environment of the outside world: its own cluster, its own secrets, the partners' keys, and what all of them pin. */
export function sandboxEnvironment(place: Place, outsideUrl: string): Record<string, string> {
  const { home, topology, derive, keys } = place;
  const { cities, mailbox, smtp } = topology.sandbox;
  const partners = PARTNERS.map(({ jurisdiction, participant, part }) => ({
    participant,
    port: topology.sandbox[part],
    url: `http://localhost:${topology.sandbox[part]}`,
    issuer: topology.urlOf({ jurisdiction, service: 'identity' }),
    broker: topology.urlOf({ jurisdiction, service: 'broker' }),
    audience: audienceOf(jurisdiction, 'broker'),
    ...keys.of(jurisdiction, `participant/${participant}`),
  }));
  return {
    HOST: '127.0.0.1',
    LANDING_PORT: String(topology.landing),
    LANDING_LINKS: JSON.stringify(
      topology.instances.map((instance) => ({ ...instance, url: topology.urlOf(instance) })),
    ),
    CITIES_PORT: String(cities),
    MAILBOX_PORT: String(mailbox),
    SMTP_PORT: String(smtp),
    CITIES_URL: `http://localhost:${cities}`,
    SANDBOX_SECRET: derive('sandbox'),
    CITY_CLIENTS_FILE: cityClientsFile(home),
    OUTSIDE_DATABASE_URL: outsideUrl,
    HOLDERS: JSON.stringify(holderDatabases(derive)),
    PARTNERS: JSON.stringify(partners),
    ROOTS: JSON.stringify(keys.roots),
    EVIDENCE_URLS: JSON.stringify(topology.urlsOf('evidence')),
  };
}
