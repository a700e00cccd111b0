import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  EnvelopeError,
  KeyCeremony,
  KeyDirectory,
  openKey,
  randomName,
  readDirectory,
  readRoot,
} from '../src/index.js';

let folder: string;
const kek = randomName();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bayway-ceremony-'));
});
const directory = async (ceremony: KeyCeremony): Promise<KeyDirectory> =>
  new KeyDirectory(await readDirectory('hk', await readRoot(folder), await ceremony.lines()));

describe('a key ceremony', () => {
  it('makes what is missing once, and opens again only with the passphrase', async () => {
    const ceremony = await KeyCeremony.open('hk', folder, 'correct horse');
    expect(await ceremony.ensure('hk/broker', ['sig'], kek)).toBe(1);
    const again = await KeyCeremony.open('hk', folder, 'correct horse');
    expect(await again.ensure('hk/broker', ['sig'], kek)).toBe(0);
    expect((await again.lines()).length).toBe(1);
    await expect(KeyCeremony.open('hk', folder, 'wrong')).rejects.toThrow();
  });

  it('rotates with an overlap: both verify, the new one is the newest, the old one has an end', async () => {
    const ceremony = await KeyCeremony.open('hk', folder, 'correct horse');
    const kid = await ceremony.rotate('hk/broker', 'sig', { kek, overlapMs: 60_000 });
    const now = (await directory(ceremony)).keysOf('hk/broker', 'sig', new Date());
    expect(now).toHaveLength(2);
    expect(now[0]?.kid).toBe(kid);
    const later = (await directory(ceremony)).keysOf('hk/broker', 'sig', new Date(Date.now() + 61_000));
    expect(later.map((k) => k.kid)).toEqual([kid]);
  });

  it('revokes at once', async () => {
    const ceremony = await KeyCeremony.open('hk', folder, 'correct horse');
    const [newest] = (await directory(ceremony)).keysOf('hk/broker', 'sig', new Date());
    await ceremony.revoke(newest?.kid ?? '');
    expect((await directory(ceremony)).find(newest?.kid ?? '', new Date(Date.now() + 1))).toBeNull();
    await expect(ceremony.revoke('unknown')).rejects.toThrow(RangeError);
  });

  it('keeps no private key in the clear', async () => {
    const [file] = await readdir(join(folder, 'broker'));
    const sealed = await readFile(join(folder, 'broker', file ?? ''), 'utf8');
    expect(sealed.split('.')).toHaveLength(5);
    await expect(openKey(sealed, randomName())).rejects.toThrow();
    expect((await openKey(sealed, kek)).use).toBe('sig');
  });

  it('is undone by no edit: a line dropped, swapped or altered breaks the directory', async () => {
    const ceremony = await KeyCeremony.open('hk', folder, 'correct horse');
    const lines = await ceremony.lines();
    const root = await readRoot(folder);
    const attempts = [lines.slice(1), [...lines].reverse(), lines.map((line, i) => (i === 0 ? `${line}A` : line))];
    for (const attempt of attempts) await expect(readDirectory('hk', root, attempt)).rejects.toThrow(EnvelopeError);
    await expect(readDirectory('mo', root, lines)).rejects.toThrow(EnvelopeError);
    const other = await KeyCeremony.open('hk', join(folder, 'other'), 'x');
    await expect(readDirectory('hk', other.publicRoot, lines)).rejects.toThrow(EnvelopeError);
    await writeFile(join(folder, 'directory.jsonl'), lines.map((line) => `${line}\n`).join(''));
  });
});
