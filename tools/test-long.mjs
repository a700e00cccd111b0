/**
 * `npm run test:long [PROJECT …]`: campaigns too long for every change, the `test/*.long.ts` of each project. What they
 * print is recorded in `docs/`.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build, checkNode, install, ROOT, run } from './workspace.mjs';

const hasLong = (project) => {
  const folder = join(ROOT, project, 'test');
  return existsSync(folder) && readdirSync(folder).some((file) => file.endsWith('.long.ts'));
};
const all = ['libs', 'apps'].flatMap((kind) => readdirSync(join(ROOT, kind)).map((name) => `${kind}/${name}`));
const asked = process.argv.slice(2);
const projects = all.filter((project) => hasLong(project) && (asked.length === 0 || asked.includes(project)));

checkNode();
await install();
await build();
const jest = join(ROOT, 'node_modules/jest/bin/jest.js');
process.env.NODE_OPTIONS = '--experimental-vm-modules --no-warnings=ExperimentalWarning';
let failed = 0;
for (const project of projects) {
  process.stdout.write(`\n── ${project}\n`);
  const args = [jest, '--rootDir', join(ROOT, project), '--config', join(ROOT, project, 'jest.config.mjs')];
  const { code } = await run(process.execPath, [...args, '--testMatch', '<rootDir>/test/**/*.long.ts']);
  failed += code === 0 ? 0 : 1;
}
process.stdout.write(`\n${projects.length - failed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);
