import { audienceOf } from '@bayway/contracts';
import { carryToken, holderDatabases } from './connectors.js';
import { citiesOf, PORTALS } from './portals.js';
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
  const portals = PORTALS.map(({ jurisdiction, holder, name, dataset }) => ({
    ...{ participant: holder, name, dataset, cities: citiesOf(jurisdiction) },
    connector: topology.urlOf({ jurisdiction, service: 'connector', address: holder }),
    token: carryToken(holder, derive),
    ...keys.of(jurisdiction, `participant/${holder}`),
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
    PORTAL_PORT: String(topology.sandbox.portal),
    PORTAL_URL: `http://localhost:${topology.sandbox.portal}`,
    PORTALS: JSON.stringify(portals),
    ROOTS: JSON.stringify(keys.roots),
    EVIDENCE_URLS: JSON.stringify(topology.urlsOf('evidence')),
  };
}
