import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, NestFactory, Reflector } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { BorderGate } from './border.js';
import { Bus } from './bus.js';
import { BusServer } from './bus-server.js';
import { SettingError, type ServiceConfig } from './config.js';
import { migrate } from './database.js';
import { FactsInbox } from './facts.js';
import { prepareHttp } from './http.js';
import { Keys, type DirectorySource } from './keys.js';
import { KitModule, type Service } from './kit.module.js';
import { createLogger } from './logger.js';
import { startMetrics } from './metrics.js';
import { publishOpenApi } from './openapi.js';
import { OutboxRelay } from './relay.js';

export type Running = Readonly<{ app: NestExpressApplication; url: string; stop(): Promise<void> }>;

export type ServeOptions = Readonly<{
  /** Of the evidence service, which publishes its own directory: where it reads it. */
  directory?: DirectorySource;
  /** Mounts what is not a Nest controller (an OpenID provider, a static folder) before the routes. */
  mount?: (app: NestExpressApplication) => void | Promise<void>;
}>;

/** Starts a service: migrations, keys, bus, HTTP, relay. Returns when it is ready; `stop` ends it in order. */
export async function serve<C extends ServiceConfig>(
  service: Service<C>,
  options: ServeOptions = {},
): Promise<Running> {
  const { config, name } = service;
  const logger = createLogger(`${config.JURISDICTION}/${name}`, config.LOG_LEVEL);
  Logger.overrideLogger(logger);
  startMetrics(name, config.JURISDICTION);
  await migrate(config, service.schema);
  const [bus, keys] = await Promise.all([connectBus(config), Keys.load(config, options.directory)]);
  const kit = KitModule.for(service, { bus, keys });
  const app = await NestFactory.create<NestExpressApplication>(kit, { logger, bodyParser: false, abortOnError: false });
  await prepareHttp(app, options.mount);
  const server = new BusServer(
    bus,
    { jurisdiction: config.JURISDICTION, service: name, address: service.address },
    app.get(BorderGate),
  );
  app.connectMicroservice({ strategy: server }, { inheritAppConfig: true });
  const parts = {
    discovery: app.get(DiscoveryService),
    scanner: app.get(MetadataScanner),
    reflector: app.get(Reflector),
  };
  app.get(FactsInbox).listen(server, parts);
  publishOpenApi(app, name);
  await app.startAllMicroservices();
  await app.listen(config.PORT, config.HOST);
  const relay = app.get(OutboxRelay);
  relay.start();
  const stop = async (): Promise<void> => {
    await server.close();
    await relay.stop();
    await app.close();
    keys.close();
    await bus.close();
  };
  return { app, url: await app.getUrl(), stop };
}

const connectBus = (config: ServiceConfig): Promise<Bus> =>
  Bus.connect({ url: config.NATS_URL, user: config.NATS_USER, password: config.NATS_PASSWORD });

/** The whole `main.ts` of a service: reads settings, serves, stops on a signal; a bad setting is one line and exit 78. */
export async function run(start: () => Promise<Running>): Promise<void> {
  try {
    const running = await start();
    const stop = (): void => void running.stop().finally(() => process.exit(0));
    process.once('SIGTERM', stop).once('SIGINT', stop);
    process.once('disconnect', stop);
  } catch (error) {
    const text =
      error instanceof SettingError
        ? `setting is missing or wrong: ${error.message}`
        : String((error as Error).stack ?? error);
    process.stderr.write(`${text}\n`);
    process.exit(error instanceof SettingError ? 78 : 1);
  }
}
