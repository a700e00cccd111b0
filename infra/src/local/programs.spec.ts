import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runInNewContext } from 'node:vm';
import { ascii, bundlePrograms } from './programs.js';

const APPS = ['identity', 'consent', 'broker', 'evidence', 'connector', 'console', 'sandbox'];
const LIBRARY = `
export class Record { static names = ['青灣銀行', \`a\\—b\`, "\\u{1f4a9}\\\\é"]; }
export const isHan = (text) => /^[一-龥]+$/.test(text) && /💩|é/u.test('💩');
`;
const PROGRAM = `
import { Record as Other, isHan } from '../../../libs/words/dist/index.js';
class Record extends Other {}
const optional = await import('a-package-nobody-has').catch(({ code }) => code);
console.log(JSON.stringify([Record.name, Other.name, Record.names, isHan('香港'), optional]));
`;
const SAID = '["Record","Record",["青灣銀行","a—b","💩\\\\é"],true,"ERR_MODULE_NOT_FOUND"]\n';

let workspace: string;
const put = async (path: string, text: string): Promise<void> => {
  await mkdir(join(workspace, path, '..'), { recursive: true });
  await writeFile(join(workspace, path), text);
};
const run = async (file: string): Promise<string> => (await promisify(execFile)(process.execPath, [file])).stdout;

beforeEach(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'bayway-spec-'));
  await put('package.json', '{"type":"module"}');
  await put('libs/words/dist/index.js', LIBRARY);
  for (const app of APPS) await put(`apps/${app}/dist/main.js`, 'console.log(0);');
  await put('apps/broker/dist/main.js', PROGRAM);
});
afterEach(() => rm(workspace, { recursive: true, force: true }));

describe('the programs of a workspace', () => {
  it('do what they do as compiled, under the same names of classes, from files without a character beyond ASCII', async () => {
    expect(await run(join(workspace, 'apps/broker/dist/main.js'))).toBe(SAID);
    const mainFileOf = await bundlePrograms(workspace);
    expect(await run(mainFileOf('broker'))).toBe(SAID);
    for (const file of await readdir(join(workspace, 'dist', 'programs')))
      expect(await readFile(join(workspace, 'dist', 'programs', file), 'utf8')).toMatch(/^[\0-\x7f]*$/);
  });

  it('are made anew when something compiled has changed, and only then', async () => {
    const mainFileOf = await bundlePrograms(workspace);
    const madeAt = async () => (await stat(mainFileOf('broker'))).mtimeMs;
    const first = await madeAt();
    const said: string[] = [];
    await bundlePrograms(workspace, (line) => said.push(line));
    expect([await madeAt(), said]).toEqual([first, []]);
    const library = join(workspace, 'libs/words/dist/index.js');
    await writeFile(library, LIBRARY.replace('青灣', '蓮花'));
    await utimes(library, 1, 1);
    await bundlePrograms(workspace, (line) => said.push(line));
    expect(said).toEqual(['bundling the programs']);
    expect(await run(mainFileOf('broker'))).toBe(SAID.replace('青灣', '蓮花'));
    await put('infra/dist/local/programs.js', 'bundled in another way');
    await bundlePrograms(workspace, (line) => said.push(line));
    expect(said).toHaveLength(2);
  });

  it('are left as they were when something compiled does not fit together', async () => {
    const mainFileOf = await bundlePrograms(workspace);
    await put('apps/console/dist/main.js', `import { nothing } from '../../../libs/words/dist/gone.js'; nothing();`);
    await expect(bundlePrograms(workspace)).rejects.toThrow('gone.js');
    expect(await run(mainFileOf('broker'))).toBe(SAID);
    expect(await readdir(join(workspace, 'dist'))).toEqual(['programs']);
  });
});

it('escapes a character once, also where a backslash stands before it', () => {
  const texts = ['`—`', '`\\—`', '`\\\\—`', '"💩"', '/[一-龥]\\…/.source.length > 0'];
  for (const text of texts) {
    expect(ascii(text)).toMatch(/^[\0-\x7f]*$/);
    expect(runInNewContext(ascii(text))).toEqual(runInNewContext(text));
  }
});
