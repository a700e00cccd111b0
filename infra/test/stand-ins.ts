import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Stands for every program: what the programs do themselves is tested with them and in the journeys. */
export const PROGRAM = `
import { createServer } from 'node:http';
import { writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
const app = basename(process.argv[1], '.js');
const { JURISDICTION = 'outside', PORT, CITIES_PORT } = process.env;
const workspace = join(dirname(process.argv[1]), '../..');
writeFileSync(join(workspace, JURISDICTION + '-' + app + '.json'), JSON.stringify(process.env));
createServer((q, r) => r.end()).listen(Number(PORT ?? CITIES_PORT), '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
`;
const APPS = ['identity', 'consent', 'broker', 'evidence', 'console', 'connector', 'sandbox'];

/** Makes a workspace whose programs only listen, and write down their settings. */
export async function standIns(workspace: string): Promise<void> {
  for (const app of APPS) {
    await mkdir(join(workspace, 'apps', app, 'dist'), { recursive: true });
    await writeFile(join(workspace, 'apps', app, 'package.json'), '{"type":"module"}');
    await writeFile(join(workspace, 'apps', app, 'dist', 'main.js'), PROGRAM);
  }
}
