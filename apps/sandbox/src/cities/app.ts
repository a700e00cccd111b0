import { CITIES } from '@bayway/domain';
import express, { type Express } from 'express';
import type { Person } from '../population/person.js';
import { healthRoutes } from '../web/health.js';
import { html } from '../web/html.js';
import { sendPage } from '../web/page.js';
import type { ClientKeys } from './client-keys.js';
import type { CityClient } from './clients.js';
import { cityProvider, issuerOf } from './provider.js';
import { signInRoutes } from './sign-in.js';

/** What the cities' server needs. */
export type CitiesSetUp = Readonly<{
  /** Its public address, without a slash at the end. */
  base: string;
  secret: string;
  clients: readonly CityClient[];
  /** Where the keys of clients with a `key_owner` are. */
  clientKeys?: Pick<ClientKeys, 'keysOf'>;
  people: readonly Person[];
}>;

const indexPage = (base: string) => ({
  lang: 'en',
  title: 'Cities of the sandbox',
  style: 'body { font: 1.0625rem/1.6 system-ui, sans-serif; margin: 2rem; }',
  body: html`<h1>Identity providers of the cities</h1>
    <ul>
      ${CITIES.map(
        (city) =>
          html`<li><a href="${issuerOf(base, city)}/.well-known/openid-configuration">${city.names.en}</a></li>`,
      )}
    </ul>`,
});

/**
 * The identity providers of the twelve cities, each an OpenID provider under its own path.
 * @param onFault hears what went wrong inside a provider; it gets no personal data
 */
export function citiesApp(setUp: CitiesSetUp, onFault: (fault: string) => void): Express {
  const app = express().disable('x-powered-by');
  app.use(healthRoutes());
  app.get('/', (_req, res) => sendPage(res, indexPage(setUp.base)));
  for (const city of CITIES) {
    const provider = cityProvider({ ...setUp, city });
    provider.on('server_error', (_ctx, error) => onFault(`${city.slug}: ${error.message}`));
    app.use(`/${city.slug}`, signInRoutes(provider, city, setUp.people));
    app.use(`/${city.slug}`, provider.callback());
  }
  return app;
}
