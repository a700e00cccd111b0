import { readConfig, run } from '@bayway/service';
import { ConnectorConfig } from './config.js';
import { serveConnector } from './serve-connector.js';

await run(() => serveConnector(readConfig(ConnectorConfig)));
