import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { bankApp } from './bank/app.js';
import { openBankKeys } from './bank/keys.js';
import type { BankSettings } from './bank/settings.js';
import { citiesApp } from './cities/app.js';
import { ClientKeys } from './cities/client-keys.js';
import { readCityClients } from './cities/clients.js';
import type { Partner, Settings } from './config.js';
import { prepareHolder } from './holders/database.js';
import { HOLDERS } from './holders/holders.js';
import { landingApp } from './landing/app.js';
import { log } from './log.js';
import { mailboxApp } from './mailbox/app.js';
import { Mails } from './mailbox/mails.js';
import { smtpSink } from './mailbox/smtp.js';
import { portalApp } from './portal/app.js';
import { makePopulation, type Population } from './population/population.js';

/** What runs, and how to stop it. */
export type Sandbox = Readonly<{ stop: () => Promise<void> }>;

const onFault = (fault: string): void => log('error', fault);

async function serve(app: RequestListener, at: { host: string; port: number }): Promise<Server> {
  const server = createServer(app);
  server.listen(at.port, at.host);
  await once(server, 'listening');
  return server;
}

async function closed(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  if (server.listening) await once(server, 'close');
}

const directoriesOf = ({ ROOTS, EVIDENCE_URLS: urls }: Settings) => ({
  hk: { url: urls.hk, root: ROOTS.hk },
  mo: { url: urls.mo, root: ROOTS.mo },
  cn: { url: urls.cn, root: ROOTS.cn },
});

const partnerSettings = async (partner: Partner, settings: Settings): Promise<BankSettings> => ({
  base: partner.url,
  participant: partner.participant,
  issuer: partner.issuer,
  broker: partner.broker,
  audience: partner.audience,
  portal: settings.PORTAL_URL,
  keys: await openBankKeys(partner.keysDir, partner.kek),
  directories: directoriesOf(settings),
});

/** Makes each holder's database that is not there yet. @throws Error for a holder that the sandbox does not play */
async function prepareHolders(settings: Settings, population: Population): Promise<void> {
  for (const [id, { database, ...reader }] of Object.entries(settings.HOLDERS)) {
    const holder = HOLDERS[id];
    if (!holder) throw new Error(`HOLDERS: there is no holder \`${id}\``);
    const place = { adminUrl: settings.OUTSIDE_DATABASE_URL, database, reader };
    await prepareHolder(holder, place, { population, asOf: settings.AS_OF });
  }
}

/** Makes the holders' databases where there are none, then starts every part of the outside world in this process. */
export async function startSandbox(settings: Settings): Promise<Sandbox> {
  const { HOST: host, CITIES_URL, SANDBOX_SECRET: secret } = settings;
  const population = makePopulation();
  const clients = await readCityClients(settings.CITY_CLIENTS_FILE);
  const clientKeys = new ClientKeys(directoriesOf(settings), onFault);
  await prepareHolders(settings, population);
  const mails = new Mails();
  const smtp = smtpSink(mails, onFault);
  await once(smtp.listen(settings.SMTP_PORT, host), 'listening');
  const cities = citiesApp({ base: CITIES_URL, secret, clients, clientKeys, people: population.people }, onFault);
  const { PARTNERS: partners, MAILBOX_URL, LANDING_LINKS: services } = settings;
  const apps = await Promise.all(
    partners.map(async (partner) => ({
      ...partner,
      app: bankApp(await partnerSettings(partner, settings), onFault),
    })),
  );
  const holders = await Promise.all(
    settings.PORTALS.map(async ({ keysDir, kek, ...holder }) => ({
      ...holder,
      keys: await openBankKeys(keysDir, kek),
    })),
  );
  const portal = portalApp({ base: settings.PORTAL_URL, cities: CITIES_URL, holders }, onFault);
  const landing = landingApp({ bank: partners[0]?.url ?? '', mailbox: MAILBOX_URL, cities: CITIES_URL, services });
  // The cities last: whoever waits for the sandbox asks them whether it is ready.
  const servers = [
    await serve(landing, { host, port: settings.LANDING_PORT }),
    ...(await Promise.all(apps.map(({ app, port }) => serve(app, { host, port })))),
    await serve(mailboxApp(mails), { host, port: settings.MAILBOX_PORT }),
    await serve(portal, { host, port: settings.PORTAL_PORT }),
    await serve(cities, { host, port: settings.CITIES_PORT }),
  ];
  log('info', 'ready');
  return {
    stop: async () => {
      await Promise.all(servers.map(closed));
      await new Promise<void>((resolve) => smtp.close(resolve));
    },
  };
}
