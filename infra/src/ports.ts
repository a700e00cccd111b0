import { randomInt } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import { SetupError } from './setup-error.js';

const HOST = '127.0.0.1';

/** Below what systems give to outgoing connections, above what `freeBase` gives to whole systems. */
const SLOTS = { first: 23_000, count: 190, size: 50 };
let taken = randomInt(SLOTS.size);

/**
 * A TCP port of the loopback interface that nothing listens on right now. Each process counts through a part of the
 * range of its own, so that what runs beside it, or connects to anything, does not take the port before it is used.
 * @throws RangeError when no port of the range is free
 */
export async function freePort(): Promise<number> {
  const all = SLOTS.count * SLOTS.size;
  const own = (process.pid % SLOTS.count) * SLOTS.size;
  for (let tries = 0; tries < all; tries += 1) {
    const port = SLOTS.first + ((own + taken++) % all);
    const server = await listen(port).catch(() => undefined);
    if (server === undefined) continue;
    await close(server);
    return port;
  }
  throw new RangeError('no port is free');
}

/**
 * Makes sure that nothing listens on a loopback port.
 * @param port 1 to 65535
 * @param what who needs it, as the message names it: `PostgreSQL (main)`
 * @throws SetupError `port-taken`
 */
export async function assertPortFree(port: number, what: string): Promise<void> {
  const server = await listen(port).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error;
    const why = error.code === 'EACCES' ? 'may not be used by this user' : 'is already taken by another program';
    throw new SetupError('port-taken', `port ${port} ${why}; ${what} needs it: stop that program and start again`);
  });
  await close(server);
}

function listen(port: number): Promise<Server> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: HOST, exclusive: true }, () => resolve(server));
  });
}

const close = (server: Server) => new Promise<void>((resolve) => server.close(() => resolve()));
