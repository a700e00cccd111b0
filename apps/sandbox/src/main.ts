import { readSettings, SettingError } from './config.js';
import { log } from './log.js';
import { startSandbox } from './sandbox.js';

try {
  const { stop } = await startSandbox(readSettings());
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stop().then(() => process.exit(0)));
  }
} catch (error) {
  log('error', error instanceof SettingError ? `settings: ${error.message}` : `cannot start: ${String(error)}`);
  process.exitCode = 1;
}
