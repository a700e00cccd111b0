import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What is started, each from its `main.js`. */
const APPS = ['identity', 'consent', 'broker', 'evidence', 'connector', 'console', 'sandbox'] as const;

/**
 * Where `@nestjs/typeorm` asks, by a `require` that no bundler sees, for two classes that TypeORM had before its version 1:
 * every program would load all of TypeORM a second time to learn that they are gone.
 */
const TYPEORM_BEFORE_1 = '@nestjs/typeorm/dist/common/typeorm-compat.js';
const NEITHER = 'export const Connection = undefined; export const AbstractRepository = undefined;';

/** An app that is a program of the local run. */
export type App = (typeof APPS)[number];

/**
 * The programs of a workspace in few files each, with the packages they use: loading two thousand modules one by one is
 * most of what a start takes (docs/decisions/0026). Made anew when something that was compiled, or an installed package,
 * is not what they were made from; then it takes some seconds.
 * @param workspace folder of a checkout in which everything has been compiled
 * @param onProgress told before it bundles, when it does
 * @returns the main file of each app
 * @throws Error when something compiled does not fit together
 */
export async function bundlePrograms(
  workspace: string,
  onProgress: (line: string) => void = () => undefined,
): Promise<(app: App) => string> {
  const folder = join(workspace, 'dist', 'programs');
  const made = join(folder, 'made-from');
  const wanted = await compiledState(workspace);
  const found = await readFile(made, 'utf8').catch(() => undefined);
  if (found !== wanted) {
    onProgress('bundling the programs');
    const fresh = `${folder}-${process.pid}`;
    try {
      await bundle(workspace, fresh);
      await writeFile(join(fresh, 'made-from'), wanted);
      await rm(folder, { recursive: true, force: true });
      await rename(fresh, folder);
    } finally {
      await rm(fresh, { recursive: true, force: true });
    }
  }
  return (app) => join(folder, `${app}.js`);
}

async function bundle(workspace: string, dir: string): Promise<void> {
  // It takes a moment to load, and is seldom needed.
  const { rolldown } = await import('rolldown');
  const build = await rolldown({
    cwd: workspace,
    input: Object.fromEntries(APPS.map((app) => [app, join(workspace, 'apps', app, 'dist', 'main.js')])),
    platform: 'node',
    // TypeORM takes it by a name that it makes while running: there shall be one of it.
    external: ['pg'],
    // Packages leave out what only their developers need; our own setting of this name is read while running.
    transform: { define: { 'process.env.NODE_ENV': '"production"' } },
    plugins: [
      { name: 'no-second-typeorm', transform: (_code, id) => (id.endsWith(TYPEORM_BEFORE_1) ? NEITHER : null) },
    ],
    // Packages name others that they can do without; those stay imports, which fail as they would have.
    onLog: (level, log, report) => {
      if (!['UNRESOLVED_IMPORT', 'EVAL'].includes(log.code ?? '')) report(level, log);
    },
  });
  try {
    // Names of classes are names of tables, migrations and messages.
    const { output } = await build.generate({ format: 'esm', keepNames: true, sourcemapIgnoreList: false });
    await mkdir(dir, { recursive: true });
    await writeFile(join(dir, 'package.json'), '{"type":"module"}\n');
    for (const file of output) if (file.type === 'chunk') await writeFile(join(dir, file.fileName), ascii(file.code));
  } finally {
    await build.close();
  }
}

/**
 * A script with every character beyond ASCII written as `\uXXXX`, which means the same in strings, templates and patterns:
 * V8 keeps a script with one such character in two bytes for each, 10 MB more in every program.
 */
export const ascii = (code: string): string =>
  code.replace(/(\\*)([^\0-\x7f])/g, (_match, slashes: string, character: string) => {
    // A backslash that escapes the character itself says nothing, and would now escape our own.
    const kept = slashes.length % 2 === 0 ? slashes : slashes.slice(1);
    return `${kept}\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });

/** Changes with every compiled file, with the packages that are installed, and with how they are bundled. */
async function compiledState(workspace: string): Promise<string> {
  const hash = createHash('sha256');
  for (const kind of ['libs', 'apps']) {
    for (const project of await entriesOf(join(workspace, kind))) {
      const dist = join(workspace, kind, project, 'dist');
      for (const file of (await entriesOf(dist, true)).filter((name) => name.endsWith('.js')).sort()) {
        const { mtimeMs, size } = await stat(join(dist, file));
        hash.update(`${kind}/${project}/${file} ${size} ${mtimeMs}\n`);
      }
    }
  }
  for (const file of ['infra/dist/local/programs.js', 'node_modules/.package-lock.json'])
    hash.update(await readFile(join(workspace, file), 'utf8').catch(() => ''));
  return hash.digest('hex');
}

const entriesOf = (folder: string, recursive = false): Promise<string[]> =>
  readdir(folder, { recursive }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
