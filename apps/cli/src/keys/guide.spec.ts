import { execFile } from 'node:child_process';
import { mkdtemp, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { KeyCeremony, keyState, randomName, readDirectory, type DirectoryEntry } from '@bayway/envelope';

const ROOT = join(import.meta.dirname, '../../../..');
const PASSPHRASE = 'seven words that nobody would ever guess';
const kek = randomName();
let dir: string;
let ceremony: KeyCeremony;
let evidence: Server;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'bayway-guide-'));
  ceremony = await KeyCeremony.open('hk', dir, PASSPHRASE);
  await ceremony.ensure('hk/broker', ['sig'], kek);
  // What an evidence service publishes is the file's lines (apps/evidence/test/key-directory.spec.ts).
  evidence = createServer((_request, response) => {
    void ceremony.lines().then((entries) => response.end(JSON.stringify({ entries })));
  });
  await new Promise<void>((resolve) => evidence.listen(0, '127.0.0.1', resolve));
});
afterEach(() => new Promise((resolve) => evidence.close(resolve)));

/** The commands of one section of the guide, in order. */
async function commandsOf(title: string): Promise<string> {
  const guide = await readFile(join(ROOT, 'docs/guides/rotate-a-key.md'), 'utf8');
  const section = guide.split(/^## /m).find((part) => part.startsWith(title)) ?? '';
  const blocks = [...section.matchAll(/^ *```sh\n([^]*?)^ *```$/gm)].map(([, block]) => block);
  expect(blocks.length).toBeGreaterThan(0);
  return blocks.join('');
}

/** Runs them as an operator would, and stops at the first that fails. */
async function execute(title: string): Promise<string> {
  const commands = await commandsOf(title);
  const { port } = evidence.address() as AddressInfo;
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    KEYS: dir,
    EVIDENCE: `http://127.0.0.1:${port}`,
    BAYWAY_ROOT_PASSPHRASE: PASSPHRASE,
    BAYWAY_KEK: kek,
  };
  return new Promise((resolve, reject) => {
    execFile('sh', ['-euc', commands], { cwd: ROOT, env }, (error, stdout, stderr) => {
      for (const secret of [PASSPHRASE, kek]) expect(stdout + stderr).not.toContain(secret);
      if (error) reject(new Error(`${stdout}${stderr}`));
      else resolve(stdout);
    });
  });
}

const states = async (at = new Date()): Promise<string[]> => {
  const entries = await readDirectory('hk', ceremony.publicRoot, await ceremony.lines());
  const last = new Map<string, DirectoryEntry>(entries.map((entry) => [entry.kid, entry]));
  return [...last.values()].map((entry) => keyState(entry, at));
};
const headsIn = (output: string) => [...output.matchAll(/^head +(\S+)$/gm)].map(([, head]) => head);

describe('docs/guides/rotate-a-key.md', () => {
  it('rotates by plan: the old key signs on until the new one does, and what is published is the whole', async () => {
    const output = await execute('By plan');
    expect(await states()).toEqual(['current', 'future']);
    expect(await states(new Date(Date.now() + 61_000))).toEqual(['current', 'current']);
    expect(await states(new Date(Date.now() + 25 * 3_600_000))).toEqual(['retired', 'current']);
    const [before, published] = headsIn(output);
    expect(published).toBeDefined();
    expect(published).not.toBe(before);
  }, 180_000);

  it('replaces a key that is in wrong hands at once', async () => {
    await execute('When a key is in wrong hands');
    expect(await states()).toEqual(['revoked', 'current']);
  }, 180_000);
});
