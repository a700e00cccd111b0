import { createServer } from 'node:http';
import { z } from 'zod';
import { log } from '../log.js';
import { makePopulation } from '../population/population.js';
import { citiesApp } from './app.js';
import { readCityClients } from './clients.js';

/** The cities alone, as other projects' tests start them: clients with keys in the file, no key directory. */
const Settings = z.object({
  CITIES_PORT: z.coerce.number().int().min(1).max(65_535),
  SANDBOX_SECRET: z.string().min(32).max(200),
  CITY_CLIENTS_FILE: z.string().min(1).max(500),
});

const { CITIES_PORT: port, SANDBOX_SECRET: secret, CITY_CLIENTS_FILE: file } = Settings.parse(process.env);
const clients = await readCityClients(file);
const { people } = makePopulation();
const app = citiesApp({ base: `http://127.0.0.1:${port}`, secret, clients, people }, (fault) => log('error', fault));
createServer(app).listen(port, '127.0.0.1', () => log('info', 'ready'));
