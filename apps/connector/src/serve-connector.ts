import { serve, type Running, type ServeOptions } from '@bayway/service';
import type { ConnectorConfig } from './config.js';
import { ConnectorModule } from './connector.module.js';
import { schema } from './schema.js';
import { readConnectorFile } from './settings/connector-file.js';

/** Starts the connector of the holder that CONNECTOR_FILE names. */
export async function serveConnector(config: ConnectorConfig, options?: ServeOptions): Promise<Running> {
  const { holder: address } = await readConnectorFile(config.CONNECTOR_FILE);
  return serve({ name: 'connector', module: ConnectorModule, schema, config, address }, options);
}

/** Starts the connectors of several holders in one process, one after the other; each has all that is its own. */
export async function serveTogether(configs: readonly [ConnectorConfig, ...ConnectorConfig[]]): Promise<Running> {
  const [config, ...others] = configs;
  const started = [await serveConnector(config)];
  for (const other of others) started.push(await serveConnector(other));
  const [first] = started as [Running];
  return { ...first, stop: async () => void (await Promise.all(started.map((running) => running.stop()))) };
}
