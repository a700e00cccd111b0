import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this checkout. */
export const WORKSPACE = fileURLToPath(new URL('../../', import.meta.url));

/** Everything a local run keeps lives in one folder of the checkout. */
export const LOCAL = join(WORKSPACE, '.bayway');

/** Where a nats-server that had to be fetched is kept. */
export const NATS_CACHE = join(LOCAL, 'cache', 'nats-server');
