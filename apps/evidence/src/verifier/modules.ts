import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A module as a browser fetches it. */
export type Module = Readonly<{ path: string; body: string }>;

/** What the page runs: the modules by path, which one begins, and the map of names to addresses. */
export type Script = Readonly<{ modules: readonly Module[]; entry: string; importMap: string }>;

const PREFIX = '/verify/modules/';
const IMPORT = /\b(?:from|import)\s*\(?\s*["']([^"']+)["']/g;
/** Texts of zod's own error messages in fifty languages, which nobody reads here. */
const LEFT_OUT = /\/zod\/v4\/locales\/index\.js$/;

/**
 * The modules that the page's script consists of, exactly as node runs them: no bundler stands between what is tested and
 * what verifies in the browser. Their address changes with their bytes, so that they may be kept for ever.
 */
export async function scriptOf(entry: URL): Promise<Script> {
  const found = new Map<string, string>();
  const names = new Map<string, string>();
  await follow(fileURLToPath(entry), { found, names });
  const digest = createHash('sha256')
    .update([...found.values()].join('\0'))
    .digest('hex')
    .slice(0, 16);
  const root = commonFolder([...found.keys()]);
  const address = (file: string): string => `${PREFIX}${digest}/${relative(root, file)}`;
  const imports = Object.fromEntries([...names].map(([name, file]) => [name, address(file)]));
  return {
    modules: [...found].map(([file, body]) => ({ path: address(file), body })),
    entry: address(fileURLToPath(entry)),
    importMap: JSON.stringify({ imports }),
  };
}

type Walk = Readonly<{ found: Map<string, string>; names: Map<string, string> }>;

async function follow(file: string, walk: Walk): Promise<void> {
  if (walk.found.has(file)) return;
  const body = LEFT_OUT.test(file) ? 'export {};' : await readFile(file, 'utf8');
  walk.found.set(file, body);
  for (const [, name = ''] of body.matchAll(IMPORT)) {
    const isNear = name.startsWith('.');
    const next = isNear ? resolve(file, '..', name) : packaged(name);
    if (next === undefined) continue;
    if (!isNear) walk.names.set(name, next);
    await follow(next, walk);
  }
}

/** What the modules import by name, and the file that begins it. */
const PACKAGES: Readonly<Record<string, string>> = {
  '@bayway/bundle': 'dist/index.js',
  '@bayway/transparency': 'dist/index.js',
  zod: 'index.js',
};

/** The first file of a package; nothing for a name that only stands in a comment. */
function packaged(name: string): string | undefined {
  const first = PACKAGES[name];
  const manifest = first && createRequire(import.meta.url).resolve(`${name}/package.json`);
  return manifest && join(dirname(manifest), first);
}

function commonFolder(files: readonly string[]): string {
  const folders = files.map((file) => dirname(file).split('/'));
  const [first = []] = folders;
  const length = first.findIndex((part, i) => folders.some((folder) => folder[i] !== part));
  return first.slice(0, length === -1 ? first.length : length).join('/');
}
