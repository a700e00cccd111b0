import { readConfig, run } from '@bayway/service';
import { ConsoleConfig } from './config.js';
import { serveConsole } from './serve-console.js';

await run(() => serveConsole(readConfig(ConsoleConfig)));
