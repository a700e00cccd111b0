import { appendFile, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  appendEntry,
  CeremonyError,
  EnvelopeError,
  KeyCeremony,
  KeyDirectory,
  newKey,
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
    const { kid } = await ceremony.rotate('hk/broker', 'sig', { kek, overlapMs: 60_000 });
    const now = (await directory(ceremony)).keysOf('hk/broker', 'sig', new Date());
    expect(now).toHaveLength(2);
    expect(now[0]?.kid).toBe(kid);
    const later = (await directory(ceremony)).keysOf('hk/broker', 'sig', new Date(Date.now() + 61_000));
    expect(later.map((k) => k.kid)).toEqual([kid]);
  });

  it('publishes a key ahead of its time, once', async () => {
    const ceremony = await KeyCeremony.open('hk', folder, 'correct horse');
    const before = (await directory(ceremony)).keysOf('hk/broker', 'sig', new Date());
    const terms = { kek, aheadMs: 60_000, overlapMs: 60_000 };
    const { kid, from, to, ending, file } = await ceremony.rotate('hk/broker', 'sig', terms);
    const after = await directory(ceremony);
    expect(after.keysOf('hk/broker', 'sig', new Date())).toHaveLength(before.length);
    expect([after.stateOf(kid, new Date()), after.stateOf(kid, from)]).toEqual(['future', 'current']);
    expect(ending.map((each) => after.stateOf(each, to))).toEqual(['retired']);
    expect((await openKey(await readFile(file, 'utf8'), kek)).kid).toBe(kid);
    await expect(ceremony.rotate('hk/broker', 'sig', terms)).rejects.toThrow('is being rotated');
    await ceremony.revoke(kid, 'superseded');
    await expect(ceremony.rotate('hk/broker', 'sig', { kek, overlapMs: 60_000 })).resolves.toBeDefined();
  });

  it('makes no key that its owner could not open, and none for an owner it does not know', async () => {
    const ceremony = await KeyCeremony.open('hk', folder, 'correct horse');
    const before = [await ceremony.lines(), await readdir(join(folder, 'broker'))];
    const other = { kek: randomName(), overlapMs: 0 };
    await expect(ceremony.rotate('hk/broker', 'sig', other)).rejects.toThrow(CeremonyError);
    await expect(ceremony.rotate('hk/nobody', 'sig', { kek, overlapMs: 0 })).rejects.toThrow('has no `sig` key');
    expect([await ceremony.lines(), await readdir(join(folder, 'broker'))]).toEqual(before);
  });

  it('is held by one at a time; a lock that a stopped process has left is taken over', async () => {
    const ceremony = await KeyCeremony.open('hk', folder, 'correct horse');
    await Promise.allSettled(['mo', 'cn', 'xx'].map((name) => ceremony.ensure(`hk/${name}`, ['sig'], kek)));
    await directory(ceremony);
    await writeFile(join(folder, 'ceremony.lock'), `${process.pid}\n`);
    await expect(ceremony.ensure('hk/later', ['sig'], kek)).rejects.toThrow('somebody else works');
    await writeFile(join(folder, 'ceremony.lock'), '999999999\n');
    expect(await ceremony.ensure('hk/later', ['sig'], kek)).toBe(1);
  });

  it('begins no line after one that was cut off', async () => {
    const ceremony = await KeyCeremony.open('hk', folder, 'correct horse');
    const whole = await readFile(join(folder, 'directory.jsonl'), 'utf8');
    await appendFile(join(folder, 'directory.jsonl'), 'eyJhbGciOiJ');
    await expect(ceremony.ensure('hk/next', ['sig'], kek)).rejects.toThrow(EnvelopeError);
    await writeFile(join(folder, 'directory.jsonl'), whole);
  });

  it('revokes at once', async () => {
    const ceremony = await KeyCeremony.open('hk', folder, 'correct horse');
    const [newest] = (await directory(ceremony)).keysOf('hk/broker', 'sig', new Date());
    await ceremony.revoke(newest?.kid ?? '');
    expect((await directory(ceremony)).find(newest?.kid ?? '', new Date(Date.now() + 1))).toBeNull();
    await expect(ceremony.revoke('unknown')).rejects.toThrow('no key `unknown`');
    await expect(ceremony.revoke(newest?.kid ?? '')).rejects.toThrow('is revoked since');
  });

  it('keeps no private key in the clear', async () => {
    const [file] = await readdir(join(folder, 'broker'));
    const sealed = await readFile(join(folder, 'broker', file ?? ''), 'utf8');
    expect(sealed.split('.')).toHaveLength(5);
    await expect(openKey(sealed, randomName())).rejects.toThrow();
    expect((await openKey(sealed, kek)).use).toBe('sig');
  });

  it('takes nothing back: a line that its own root signed may not revive, move or rename a key', async () => {
    const root = await newKey('root');
    const [key, other] = [await newKey('sig'), await newKey('sig')];
    const at = new Date().toISOString();
    const entry = { jurisdiction: 'hk', owner: 'hk/broker', use: 'sig', kid: key.kid, key: key.publicKey } as const;
    const revoked = { ...entry, from: at, to: null, revokedAt: at, reason: 'key-compromise' } as const;
    const first = await appendEntry(root, [], revoked);
    const read = async (over: object) =>
      readDirectory('hk', root.publicKey, [first, await appendEntry(root, [first], { ...revoked, ...over })]);
    await expect(read({ to: at })).resolves.toHaveLength(2);
    for (const over of [{ revokedAt: null }, { owner: 'hk/consent' }, { use: 'client' }, { key: other.publicKey }])
      await expect(read(over)).rejects.toThrow('line 1 of the key directory of `hk`');
    const late = new Date(Date.parse(at) + 1).toISOString();
    for (const over of [{ from: late }, { revokedAt: late }]) await expect(read(over)).rejects.toThrow('alters');
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
