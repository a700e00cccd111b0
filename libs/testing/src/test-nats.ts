import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findNatsServer, NATS_CACHE, startNats, type NatsServer } from '@bayway/infra';

/** A nats-server of a spec file's own. */
export type TestNats = Readonly<{
  url: string;
  port: number;
  /** What the server has logged so far. */
  log: () => Promise<string>;
  /** Cuts every connection and comes back on the same port, after `pauseMs` when given. */
  restart: (pauseMs?: number) => Promise<void>;
  /** Stops it and removes its files. */
  stop: () => Promise<void>;
}>;

let binary: Promise<string> | undefined;

/** Path of a nats-server; fetched on first use of a checkout, then kept. */
export function testNatsBinary(): Promise<string> {
  binary ??= findNatsServer({ cacheDir: NATS_CACHE }).then(
    ({ path }) => path,
    (error: unknown) => {
      binary = undefined;
      throw error;
    },
  );
  return binary;
}

/**
 * Starts a nats-server on a port of the system's choice (about 50 ms). It ends with this process at the latest.
 * @param options.config configuration text (accounts, users, …); its client port is replaced
 */
export async function testNats(options: { config?: string } = {}): Promise<TestNats> {
  const folder = await mkdtemp(join(tmpdir(), 'bayway-test-nats-'));
  const logFile = join(folder, 'nats-server.log');
  const start = async (port: number) =>
    startNats({
      binary: await testNatsBinary(),
      config: options.config ?? '',
      folder,
      logFile,
      port,
      name: 'the test’s nats-server',
    });
  let server: NatsServer = await start(0).catch(async (error: unknown) => {
    await rm(folder, { recursive: true, force: true });
    throw error;
  });
  return {
    url: server.url,
    port: server.port,
    log: () => readFile(logFile, 'utf8'),
    restart: async (pauseMs = 0) => {
      await server.stop();
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      server = await start(server.port);
    },
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
