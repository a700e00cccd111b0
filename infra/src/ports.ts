import { createServer, type Server } from 'node:net';
import { SetupError } from './setup-error.js';

const HOST = '127.0.0.1';

/**
 * A TCP port of the loopback interface that nothing listens on right now.
 * Another process may take it before it is used: whoever can let the system choose (port 0) should do that instead.
 */
export async function freePort(): Promise<number> {
  const server = await listen(0);
  const address = server.address();
  await close(server);
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server has a port');
  return address.port;
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
