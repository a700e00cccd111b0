import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { bankApp } from './bank/app.js';
import { openBankKeys } from './bank/keys.js';
import type { BankSettings } from './bank/settings.js';
import { citiesApp } from './cities/app.js';
import { ClientKeys } from './cities/client-keys.js';
import { readCityClients } from './cities/clients.js';
import type { Settings } from './config.js';
import { prepareAgency } from './holders/shenzhen-credit/database.js';
import { landingApp } from './landing/app.js';
import { log } from './log.js';
import { mailboxApp } from './mailbox/app.js';
import { Mails } from './mailbox/mails.js';
import { smtpSink } from './mailbox/smtp.js';
import { makePopulation } from './population/population.js';

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

async function bankSettings(settings: Settings): Promise<BankSettings> {
  return {
    base: settings.BANK_URL,
    participant: settings.BANK_PARTICIPANT,
    issuer: settings.BANK_ISSUER,
    broker: settings.BANK_BROKER_URL,
    audience: settings.BANK_AUDIENCE,
    keys: await openBankKeys(settings.BANK_KEYS_DIR, settings.BANK_KEK),
    directories: directoriesOf(settings),
  };
}

/** Makes the agency's database when there is none, then starts every part of the outside world in this process. */
export async function startSandbox(settings: Settings): Promise<Sandbox> {
  const { HOST: host, CITIES_URL, SANDBOX_SECRET: secret } = settings;
  const population = makePopulation();
  const clients = await readCityClients(settings.CITY_CLIENTS_FILE);
  const clientKeys = new ClientKeys(directoriesOf(settings), onFault);
  const bank = bankApp(await bankSettings(settings), onFault);
  await prepareAgency(
    {
      adminUrl: settings.OUTSIDE_DATABASE_URL,
      database: settings.AGENCY_DATABASE,
      reader: { user: settings.AGENCY_READER, password: settings.AGENCY_READER_PASSWORD },
    },
    population,
    settings.AS_OF,
  );
  const mails = new Mails();
  const smtp = smtpSink(mails, onFault);
  await once(smtp.listen(settings.SMTP_PORT, host), 'listening');
  const cities = citiesApp({ base: CITIES_URL, secret, clients, clientKeys, people: population.people }, onFault);
  const { BANK_URL, MAILBOX_URL, LANDING_LINKS: services } = settings;
  const landing = landingApp({ bank: BANK_URL, mailbox: MAILBOX_URL, cities: CITIES_URL, services });
  // The cities last: whoever waits for the sandbox asks them whether it is ready.
  const servers = [
    await serve(landing, { host, port: settings.LANDING_PORT }),
    await serve(bank, { host, port: settings.BANK_PORT }),
    await serve(mailboxApp(mails), { host, port: settings.MAILBOX_PORT }),
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
