import { readConfig, run } from '@bayway/service';
import { IdentityConfig } from './config.js';
import { serveIdentity } from './serve-identity.js';

await run(() => serveIdentity(readConfig(IdentityConfig)));
