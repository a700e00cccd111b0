import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const src = new URL('../src/', import.meta.url);
const MAY_IMPORT = ['zod', '@bayway/transparency'];

describe('the library runs in node and in a browser', () => {
  it.each(readdirSync(src))('%s imports its neighbours only and uses nothing that only node has', (file) => {
    const code = readFileSync(new URL(file, src), 'utf8');
    const imports = [...code.matchAll(/(?:from|import)\s*\(?'([^']+)'/g)].map((match) => match[1]!);
    expect(imports.filter((path) => !path.startsWith('./') && !MAY_IMPORT.includes(path))).toEqual([]);
    expect(code).not.toMatch(/\b(?:Buffer|process|require|setImmediate)\b/);
  });
});
