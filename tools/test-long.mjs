/**
 * `npm run test:long [PROJECT …]`: campaigns too long for every change: the `test/*.long.ts` of each project, and the
 * mutants of the law and its engine (`libs/trust-rules`). What they come to is recorded in `docs/`.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { mutants } from '../libs/trust-rules/test/mutation/campaign.mjs';
import { build, checkNode, install, ROOT, run } from './workspace.mjs';

const MUTATED = 'libs/trust-rules';
const hasLong = (project) => {
  const folder = join(ROOT, project, 'test');
  return project === MUTATED || (existsSync(folder) && readdirSync(folder).some((file) => file.endsWith('.long.ts')));
};
const all = ['libs', 'apps'].flatMap((kind) => readdirSync(join(ROOT, kind)).map((name) => `${kind}/${name}`));
const asked = process.argv.slice(2);
const projects = all.filter((project) => hasLong(project) && (asked.length === 0 || asked.includes(project)));

async function jestOf(project) {
  const jest = join(ROOT, 'node_modules/jest/bin/jest.js');
  const args = [jest, '--rootDir', join(ROOT, project), '--config', join(ROOT, project, 'jest.config.mjs')];
  const env = { NODE_OPTIONS: '--experimental-vm-modules --no-warnings=ExperimentalWarning' };
  const { code } = await run(process.execPath, [...args, '--testMatch', '<rootDir>/test/**/*.long.ts'], { env });
  return code === 0;
}

checkNode();
await install();
await build();
let failed = 0;
for (const project of projects) {
  process.stdout.write(`\n── ${project}\n`);
  const ok = project === MUTATED ? await mutants() : await jestOf(project);
  failed += ok ? 0 : 1;
}
process.stdout.write(`\n${projects.length - failed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);
