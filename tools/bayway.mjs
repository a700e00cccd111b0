#!/usr/bin/env node
/** `npm run -s bayway -- …`: builds the command line when it is missing or older than its sources, then runs it. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = join(root, 'apps/cli');
const main = join(cli, 'dist/main.js');
const stamp = join(cli, 'dist/.built');
const tsc = join(root, 'node_modules/typescript/bin/tsc');
const sources = [
  'apps/cli',
  'libs/domain',
  'libs/trust-rules',
  'libs/contracts',
  'libs/envelope',
  'libs/transparency',
  'libs/bundle',
];

const fail = (line) => {
  process.stderr.write(`bayway: ${line}\n`);
  process.exit(1);
};

/** Time of the newest source below a folder, tests excepted. */
const newest = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.name.includes('.spec.'))
    .reduce((latest, entry) => Math.max(latest, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0);

const isBuilt = () =>
  existsSync(main) &&
  existsSync(stamp) &&
  sources.every(
    (project) =>
      existsSync(join(root, project, 'dist')) && newest(join(root, project, 'src')) <= statSync(stamp).mtimeMs,
  );

if (!isBuilt()) {
  if (!existsSync(tsc)) fail('the packages are not installed; run `npm install` first');
  // Output of the compiler goes to the error output, so that a pipe gets nothing but the command's own.
  const started = new Date();
  const build = spawnSync(process.execPath, [tsc, '-b', join(cli, 'tsconfig.lib.json')], { stdio: ['ignore', 2, 2] });
  if (build.status !== 0) fail('the command line could not be built');
  mkdirSync(join(cli, 'dist'), { recursive: true });
  writeFileSync(stamp, '');
  utimesSync(stamp, started, started);
}

// npm runs scripts in the root of the workspace; the person's own folder is where paths are meant from.
const cwd = process.env.npm_lifecycle_event === 'bayway' ? (process.env.INIT_CWD ?? process.cwd()) : process.cwd();
const { status, signal, error } = spawnSync(process.execPath, [main, ...process.argv.slice(2)], {
  cwd,
  env: { ...process.env, BAYWAY_HOME: process.env.BAYWAY_HOME ?? join(root, '.bayway') },
  stdio: 'inherit',
});
if (error) fail(error.message);
process.exit(signal ? 1 : (status ?? 1));
