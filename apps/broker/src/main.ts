import { readConfig, run, serve } from '@bayway/service';
import { BrokerModule } from './broker.module.js';
import { BrokerConfig } from './config.js';
import { schema } from './schema.js';

await run(() => serve({ name: 'broker', module: BrokerModule, schema, config: readConfig(BrokerConfig) }));
