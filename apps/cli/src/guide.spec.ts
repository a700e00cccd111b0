import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const FILES = ['package.json', 'tsconfig.base.json', 'tools/bayway.mjs'];
const MINUTES = 60_000;

/** A block of the guide with the sentence before it. */
type Block = Readonly<{ sentence: string; language: string; text: string }>;

let copy: string;

/** A project and all that it is built from. */
async function withReferences(project: string): Promise<string[]> {
  const { references = [] } = JSON.parse(await readFile(join(ROOT, project, 'tsconfig.lib.json'), 'utf8')) as {
    references?: { path: string }[];
  };
  const named = references.map(({ path }) => dirname(join(project, path)));
  return [...new Set([project, ...(await Promise.all(named.map(withReferences))).flat()])];
}

/** A copy of the projects the guide touches, beside the packages of the workspace. */
beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'bayway-guide-'));
  const projects = await withReferences('apps/cli');
  const filter = (path: string): boolean => !/\/(node_modules|out-tsc|\.test)(\/|$)/.test(path.slice(ROOT.length));
  for (const path of [...projects, ...FILES])
    await cp(join(ROOT, path), join(copy, path), { recursive: true, preserveTimestamps: true, filter });
  await mkdir(join(copy, 'node_modules', '@bayway'), { recursive: true });
  for (const name of await readdir(join(ROOT, 'node_modules')))
    if (name !== '@bayway') await symlink(join(ROOT, 'node_modules', name), join(copy, 'node_modules', name));
  for (const project of projects)
    await symlink(join(copy, project), join(copy, 'node_modules', '@bayway', project.split('/')[1] ?? ''));
}, 5 * MINUTES);

afterAll(() => rm(copy, { recursive: true, force: true }));

const blocksOf = (guide: string): Block[] =>
  [...guide.matchAll(/```(\w+)\n(.*?)```/gs)].map(({ index, 1: language = '', 2: text = '' }) => {
    return { sentence: guide.slice(0, index).trimEnd().split('\n').at(-1) ?? '', language, text };
  });

async function edit(path: string, change: (text: string) => string): Promise<void> {
  const file = join(copy, path);
  const before = await readFile(file, 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  await writeFile(file, after);
}

/** Does what the sentence says with the block; the output of a command. */
async function perform({ sentence, language, text }: Block): Promise<string | undefined> {
  const [, created] = /^Create `([^`]+)`:$/.exec(sentence) ?? [];
  if (created) {
    await mkdir(dirname(join(copy, created)), { recursive: true });
    await writeFile(join(copy, created), text);
    return undefined;
  }
  const [, path, line] = /^In `([^`]+)`, below `([^`]+)`, add:$/.exec(sentence) ?? [];
  if (path && line) {
    await edit(path, (file) => file.replace(`${line}\n`, `${line}\n${text}`));
    return undefined;
  }
  expect(language).toBe('sh');
  const { stdout } = await promisify(execFile)('sh', ['-c', text], { cwd: copy, timeout: 5 * MINUTES });
  return stdout;
}

it(
  'adds a rule by the lines of the guide, and the new rule decides',
  async () => {
    const guide = await readFile(join(ROOT, 'docs/guides/add-a-rule.md'), 'utf8');
    const replacements = [...guide.matchAll(/^In `([^`]+)`, write `([^`]+)` instead of `([^`]+)`\.$/gm)];
    expect(replacements).toHaveLength(1);
    for (const [, path = '', by = '', old = ''] of replacements) await edit(path, (file) => file.replace(old, by));
    let printed: string | undefined;
    const compared: string[] = [];
    for (const block of blocksOf(guide)) {
      if (block.language === 'text') {
        expect(printed).toBe(block.text);
        compared.push(block.text);
      } else printed = await perform(block);
    }
    expect(compared).toHaveLength(2);
    expect(compared[0]).toContain('"HK.EXAMPLE.2"');
  },
  10 * MINUTES,
);
