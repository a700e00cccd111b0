/**
 * `npm start`: the right Node, installed packages, a build, then the system itself (infra/src/start.ts).
 * Plain JavaScript without dependencies, because nothing may be installed yet.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, checkNode, install, ROOT } from './workspace.mjs';

checkNode();
await install();
process.stdout.write('Building what has changed …\n');
await build();
const { main } = await import(pathToFileURL(join(ROOT, 'infra', 'dist', 'start.js')).href);
await main(process.argv.slice(2));
