/**
 * `npm run pictures`: starts a whole system of its own, lets people and banks use it, and takes the pictures in
 * `docs/images/` from it.
 */
import { join } from 'node:path';
import { build, checkNode, install, ROOT, run } from './workspace.mjs';

checkNode();
await install();
await build();
const { code } = await run(process.execPath, ['--no-warnings', join(ROOT, 'apps/journeys/dist/pictures.js')]);
process.exit(code ?? 1);
