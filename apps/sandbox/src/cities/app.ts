import { CITIES, type City } from '@bayway/domain';
import express, { type Express, type RequestHandler } from 'express';
import type { Person } from '../population/person.js';
import { healthRoutes } from '../web/health.js';
import { html } from '../web/html.js';
import { sendPage } from '../web/page.js';
import type { ClientKeys } from './client-keys.js';
import type { CityClient } from './clients.js';
import { Faults, isFault, FAULTS, SLOW_MS } from './faults.js';
import { oidcDesk } from './oidc-desk.js';
import { CityProvider, issuerOf } from './provider.js';
import { signInRoutes } from './sign-in.js';
import { ownStyle } from './styles.js';

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

const cityForm = (base: string, city: City, fault: string | null) => html`
  <li>
    <a href="${issuerOf(base, city)}/.well-known/openid-configuration">${city.names.en}</a>
    <form method="post" action="/faults">
      <input type="hidden" name="city" value="${city.slug}" />
      <label for="fault-${city.slug}">What goes wrong in ${city.names.en}</label>
      <select id="fault-${city.slug}" name="fault">
        <option value="">nothing</option>
        ${FAULTS.map((each) =>
          each === fault ? html`<option selected>${each}</option>` : html`<option>${each}</option>`,
        )}
      </select>
      <button>Set</button>
    </form>
  </li>
`;

const indexPage = (base: string, faults: Faults) => ({
  lang: 'en',
  title: 'Cities of the sandbox',
  style: 'body { font: 1.0625rem/1.6 system-ui, sans-serif; margin: 2rem; } form { margin-bottom: 1rem; }',
  body: html`<h1>Identity providers of the cities</h1>
    <ul>
      ${CITIES.map((city) => cityForm(base, city, faults.at(city.slug)))}
    </ul>`,
});

/** Addresses that servers ask, not browsers: what is slow is these. */
const FOR_SERVERS = /^\/(\.well-known|jwks|keys|token|request|moved|api\/v1\/(auth\/getToken|account)|sso\/validate)/;

/** A city that is down answers nothing; a slow one answers when nobody waits any more. */
const outage =
  (faults: Faults, slug: string): RequestHandler =>
  (req, res, next) => {
    const fault = faults.at(slug);
    if (fault === 'down') res.status(503).type('text').send('down');
    else if (fault === 'slow' && FOR_SERVERS.test(req.path)) setTimeout(next, SLOW_MS).unref();
    else next();
  };

/**
 * The identity providers of the twelve cities, each an OpenID provider under its own path, and those of Hong Kong and
 * Guangdong also in a style of their own. `POST /faults` (`city`, `fault`) makes one of them fail.
 * @param onFault hears what went wrong inside a provider; it gets no personal data
 */
export function citiesApp(setUp: CitiesSetUp, onFault: (fault: string) => void): Express {
  const app = express().disable('x-powered-by');
  const faults = new Faults();
  app.use(healthRoutes());
  app.get('/', (_req, res) => sendPage(res, indexPage(setUp.base, faults)));
  app.post('/faults', express.urlencoded({ extended: false, limit: '1kb' }), (req, res) => {
    const { city, fault } = req.body as { city?: unknown; fault?: unknown };
    faults.set(String(city), isFault(fault) ? fault : null);
    res.redirect(303, '/');
  });
  for (const city of CITIES) {
    const provider = new CityProvider({ ...setUp, city });
    provider.usual.on('server_error', (_ctx, error) => onFault(`${city.slug}: ${error.message}`));
    app.use(`/${city.slug}`, outage(faults, city.slug), ownStyle(setUp, city, faults));
    app.use(`/${city.slug}`, signInRoutes(oidcDesk(provider.usual, city), { city, people: setUp.people, faults }));
    app.use(`/${city.slug}`, (req, res) => void provider.at(faults.at(city.slug), req.path)(req, res));
  }
  return app;
}
