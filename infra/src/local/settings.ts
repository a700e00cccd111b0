import { createHash, createHmac } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CITIES, JURISDICTIONS, jurisdictionOf, type City, type Jurisdiction } from '@bayway/domain';
import { settingsFile, type Place } from './environments.js';
import { connectorYaml, holdersOf } from './connectors.js';
import { participantsOf } from './participants/participants.js';
import { citiesOf, PORTALS } from './portals.js';
import { PARTIES } from './participants/parties.js';
import type { Derive } from './secrets.js';
import { PARTNERS, type Topology } from './topology.js';

/** Name of a jurisdiction's identity service as a client of the cities. */
const cityClientId = (jurisdiction: Jurisdiction): string => `bayway-${jurisdiction}`;

const local = (port: number): string => `http://localhost:${port}`;

/** The file that tells the cities who may send people to them. */
export const cityClientsFile = (home: string): string => join(home, 'settings', 'city-clients.json');

/**
 * Writes the settings files that services and the sandbox read at their start. The same input gives the same files.
 * @param outsideUrl the administrator of the outside world's cluster: where the holders' databases are
 */
export async function writeSettings(
  { home, topology, derive }: Pick<Place, 'home' | 'topology' | 'derive'>,
  outsideUrl: string,
): Promise<void> {
  for (const jurisdiction of JURISDICTIONS) {
    const apps = Object.fromEntries(
      PARTNERS.map(({ participant, part }) => [participant, local(topology.sandbox[part])]),
    );
    await write(settingsFile(home, jurisdiction, 'participants.json'), await participantsOf(jurisdiction, apps));
    for (const holder of holdersOf(jurisdiction)) {
      const file = settingsFile(home, jurisdiction, `connector-${holder}.yaml`);
      await writeFile(file, await connectorYaml(holder, outsideUrl, derive), { mode: 0o600 });
    }
    await write(settingsFile(home, jurisdiction, 'upstreams.json'), upstreamsOf(jurisdiction, topology));
    await write(settingsFile(home, jurisdiction, 'clients.json'), clientsOf(jurisdiction, topology));
    await write(
      settingsFile(home, jurisdiction, 'administrators.json'),
      administratorsOf({ jurisdiction, topology, derive }),
    );
  }
  await write(cityClientsFile(home), cityClients(topology));
}

/** The cities whose identity providers a jurisdiction sends people to. */
export const upstreamsOf = (jurisdiction: Jurisdiction, { sandbox }: Topology): object[] =>
  CITIES.filter((city) => jurisdictionOf(city.place) === jurisdiction).map((city) => ({
    slug: city.slug,
    place: city.place,
    issuer: `${local(sandbox.cities)}/${city.slug}`,
    client_id: cityClientId(jurisdiction),
    acr_scheme: schemeOf(city),
    style: STYLES[schemeOf(city)],
  }));

/** How the providers of each scheme are spoken to. */
const STYLES = { 'iam-smart': 'iam-smart', guangdong: 'ticket', zhejiang: 'oidc', 'macao-one': 'oidc' } as const;

function schemeOf({ place }: City): keyof typeof STYLES {
  if (place === 'HK') return 'iam-smart';
  if (place === 'MO') return 'macao-one';
  return place.startsWith('CN-44') ? 'guangdong' : 'zhejiang';
}

/** The OAuth clients of a jurisdiction's identity service: its partners with a sign-in, and its console. */
export function clientsOf(jurisdiction: Jurisdiction, topology: Topology): object[] {
  const consoleUrl = topology.urlOf({ jurisdiction, service: 'console' });
  const console_ = {
    client_id: `${jurisdiction}-console`,
    key_owner: `${jurisdiction}/console`,
    redirect_uris: [`${consoleUrl}/cb`],
    post_logout_redirect_uris: [consoleUrl],
    name: { 'zh-Hant': '我的灣通', 'zh-Hans': '我的湾通', pt: 'O meu Bayway', en: 'My Bayway' },
    kind: 'console',
  };
  const administration = {
    client_id: `${jurisdiction}-administration`,
    key_owner: `${jurisdiction}/console`,
    redirect_uris: [`${consoleUrl}/console/cb`],
    post_logout_redirect_uris: [`${consoleUrl}/console`],
    default_acr_values: ['urn:bayway:loa:3'],
    name: { 'zh-Hant': '灣通管理台', 'zh-Hans': '湾通管理台', pt: 'Consola do Bayway', en: 'Bayway console' },
    kind: 'administration',
  };
  const partners = PARTNERS.filter((partner) => partner.jurisdiction === jurisdiction);
  return [
    console_,
    administration,
    ...partners.map(({ participant, part }) => ({
      client_id: participant,
      key_owner: `${jurisdiction}/participant/${participant}`,
      redirect_uris: [`${local(topology.sandbox[part])}/cb`],
      name: PARTIES[jurisdiction].find(({ id }) => id === participant)?.['name'],
      kind: 'partner',
    })),
  ];
}

type Role = 'consent-administrator' | 'rules-officer' | 'regulator' | 'operator';

/** Who may administer what in the local run, by city and login: two who steer consents, one who writes, one who looks, one who
 * keeps it running. */
const ADMINISTRATORS: Readonly<Record<Jurisdiction, readonly (readonly [string, string, readonly Role[]])[]>> = {
  hk: [
    ['hong-kong', 'yip.nopermit', ['consent-administrator', 'rules-officer']],
    ['hong-kong', 'ho.nofile', ['consent-administrator', 'operator']],
    ['hong-kong', 'wong.kahou', ['regulator']],
  ],
  mo: [
    ['macao', 'lei.kaman', ['consent-administrator', 'rules-officer', 'operator']],
    ['macao', 'rosario.ana', ['consent-administrator', 'regulator']],
  ],
  cn: [
    ['shenzhen', 'zhou.jianhua', ['consent-administrator', 'rules-officer']],
    ['zhuhai', 'liang.xiaotong', ['consent-administrator', 'operator']],
    ['hangzhou', 'shen.yuning', ['regulator']],
  ],
};

/**
 * How a city names an account to a jurisdiction's identity service: by a digest of city and login, the same on every
 * machine; where it does not speak OpenID Connect, by another name for each service.
 */
function subjectAt(slug: string, login: string, { jurisdiction, derive }: Listing): string {
  const sub = createHash('sha256').update(`bayway ${slug} ${login}`).digest('hex').slice(0, 24);
  const city = CITIES.find((known) => known.slug === slug);
  if (!city || STYLES[schemeOf(city)] === 'oidc') return sub;
  const text = `open id\n${cityClientId(jurisdiction)}\n${sub}`;
  return createHmac('sha256', derive('sandbox')).update(text).digest('base64url');
}

type Listing = Readonly<{ jurisdiction: Jurisdiction; topology: Topology; derive: Derive }>;

/** The administrators of a jurisdiction, as its identity service reads them. */
export const administratorsOf = (listing: Listing): object[] =>
  ADMINISTRATORS[listing.jurisdiction].map(([slug, login, roles]) => ({
    issuer: `${local(listing.topology.sandbox.cities)}/${slug}`,
    sub: subjectAt(slug, login, listing),
    roles,
  }));

/** The identity services and the holders' own pages as clients of the cities; their keys stand in the key directories. */
const cityClients = (topology: Topology): object[] => [
  ...JURISDICTIONS.map((jurisdiction) => ({
    client_id: cityClientId(jurisdiction),
    redirect_uris: callbacksOf(jurisdiction, `${topology.urlOf({ jurisdiction, service: 'identity' })}/cb`),
    key_owner: `${jurisdiction}/identity`,
  })),
  ...PORTALS.map(({ jurisdiction, holder }) => ({
    client_id: holder,
    redirect_uris: [`${local(topology.sandbox.portal)}/${holder}/cb`],
    key_owner: `${jurisdiction}/participant/${holder}`,
    cities: citiesOf(jurisdiction),
  })),
];

/** One for providers that name themselves when they send her back; one of its own for each city that does not. */
const callbacksOf = (jurisdiction: Jurisdiction, callback: string): string[] => [
  callback,
  ...CITIES.filter((city) => jurisdictionOf(city.place) === jurisdiction).map(({ slug }) => `${callback}/${slug}`),
];

async function write(file: string, content: object): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
}
