/**
 * `npm run pictures`: starts a whole system of its own, lets people and banks use it, and takes the pictures in
 * `docs/images/` from it.
 */
import { join } from 'node:path';
import { build, checkNode, give, install, ROOT, run } from './workspace.mjs';

checkNode();
await install();
await build();
const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
const journeys = await run(process.execPath, [tsc, '-b', 'apps/journeys/tsconfig.lib.json'], { quiet: true });
if (journeys.code !== 0) give('The journeys could not be built; the output is above.');
const { code } = await run(process.execPath, ['--no-warnings', join(ROOT, 'apps/journeys/dist/pictures.js')]);
process.exit(code ?? 1);
