import { Keys, serve, type Running, type ServeOptions } from '@bayway/service';
import { readConnectorFile, type ConnectorConfig } from './config.js';
import { ConnectorModule } from './connector.module.js';
import { Connector1700000600000 } from './migrations/1700000600000-connector.js';
import { ReleaseEntity } from './releases/release.entity.js';

/** Starts a connector with its settings: beside one holder, listening on loopback only. */
export async function serveConnector(
  config: ConnectorConfig,
  options: Pick<ServeOptions, 'directory'> = {},
): Promise<Running> {
  const file = readConnectorFile(config.CONNECTOR_FILE);
  const holder = { ...config, KEYS_DIR: config.HOLDER_KEYS_DIR, KEK: config.HOLDER_KEK };
  const holderKeys = await Keys.load(holder, options.directory);
  const running = await serve(
    {
      name: 'connector',
      address: file.holder,
      module: ConnectorModule.for(config, file, holderKeys),
      schema: { entities: [ReleaseEntity], migrations: [Connector1700000600000] },
      config: { ...config, HOST: '127.0.0.1' },
    },
    options,
  );
  return { ...running, stop: () => running.stop().finally(() => holderKeys.close()) };
}
