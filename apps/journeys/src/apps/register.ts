import { execFile } from 'node:child_process';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { at, databaseOf, WORKSPACE } from '@bayway/infra';
import type { System } from '../system.js';
import { signIn, MEI_YEE } from '../walk.js';
import type { Opened, Visitor } from '../visitor.js';

const run = promisify(execFile);

export type Registered = Readonly<{ client_id: string; client_secret?: string }> & Record<string, unknown>;

/** The provider the apps of these journeys sign people in at. */
export const issuerOf = ({ bay }: System): string => bay.topology.urlOf({ jurisdiction: 'hk', service: 'identity' });

/** An operator hands out a token, an app registers with it: as the README of identity says. */
export async function register(system: System, metadata: Record<string, unknown>): Promise<Registered> {
  const issuer = issuerOf(system);
  const database = at(system.bay.postgres.main.adminUrl, databaseOf({ jurisdiction: 'hk', service: 'identity' }));
  const env = { ...process.env, DATABASE_URL: database, ISSUER: issuer };
  const program = join(WORKSPACE, 'apps/identity/dist/initial-access.js');
  const { stdout } = await run(process.execPath, ['--no-warnings', program, '1'], { env });
  const response = await fetch(`${issuer}/reg`, {
    method: 'POST',
    headers: { authorization: `Bearer ${stdout.trim()}`, 'content-type': 'application/json' },
    body: JSON.stringify({ grant_types: ['authorization_code', 'refresh_token'], ...metadata }),
  });
  const body = (await response.json()) as Registered;
  if (response.status !== 201) throw new Error(`not registered: ${JSON.stringify(body)}`);
  return body;
}

/** An app's own small web server, on a port of its own. */
export async function listen(answer: RequestListener): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = () => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { url: `http://localhost:${port}`, stop };
}

/** Where codes of an app without pages arrive: the address is what its library reads. */
export const landing = () =>
  listen((_request, response) => response.setHeader('content-type', 'text/html').end('here'));

/** From an app to its provider, through the city when she is not signed in yet, and back. */
export async function signInThrough(visitor: Visitor, start: Opened): Promise<Opened> {
  if (!start.links.some((href) => href.includes('/to/hong-kong'))) return start;
  return signIn(visitor, start, { login: MEI_YEE.login, city: 'hong-kong' });
}

/** The provider's own page of signing out: she confirms. */
export async function signOutAt(visitor: Visitor, url: string): Promise<Opened> {
  const page = await visitor.open(url);
  return visitor.submit(page.form(/op\.logoutForm/), { logout: 'yes' });
}
