import { readConfig, run } from '@bayway/service';
import { ConnectorConfig } from './config.js';
import { serveConnector, serveTogether } from './serve-connector.js';
import { settingsOfSeveral } from './settings/several.js';

const several = settingsOfSeveral(process.env);
await run(() => (several ? serveTogether(several) : serveConnector(readConfig(ConnectorConfig))));
