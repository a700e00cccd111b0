import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

/** Everything that a source file imports, and what that imports, by path or package name. */
function importsOf(file: string, seen: Set<string> = new Set()): Set<string> {
  for (const [, from = ''] of readFileSync(file, 'utf8').matchAll(/ from '([^']+)'/g)) {
    if (!from.startsWith('.')) {
      seen.add(from);
      continue;
    }
    const path = resolve(dirname(file), from).replace(/\.js$/, '');
    const next = [`${path}.ts`, `${path}.tsx`].find((candidate) => existsSync(candidate)) ?? path;
    if (seen.has(next)) continue;
    seen.add(next);
    importsOf(next, seen);
  }
  return seen;
}

const packagesOf = (name: string): string[] =>
  [...importsOf(fileURLToPath(new URL(name, import.meta.url)))].filter((from) => !from.startsWith('/')).sort();

describe('@bayway/design/web', () => {
  it('needs nothing that a browser lacks', () => {
    expect(packagesOf('web.ts')).toEqual(['@bayway/domain', 'react']);
  });

  it('is what the server has, less the page, its files and the rendering', () => {
    expect(packagesOf('index.ts')).toEqual(['@bayway/domain', 'node:crypto', 'react', 'react-dom/server']);
  });
});
