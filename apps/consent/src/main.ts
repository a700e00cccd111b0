import { readConfig, run, serve } from '@bayway/service';
import { ConsentConfig } from './config.js';
import { ConsentModule } from './consent.module.js';
import { schema } from './schema.js';

await run(() => serve({ name: 'consent', module: ConsentModule, schema, config: readConfig(ConsentConfig) }));
