import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { KeyCeremony, randomName, readPeerPolicy } from '@bayway/envelope';
import { peersCommand } from './peers.js';

const PASSPHRASE = 'seven words that nobody would ever guess';
let dir: string;
let ceremony: KeyCeremony;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'bayway-peers-'));
  ceremony = await KeyCeremony.open('hk', dir, PASSPHRASE);
  await ceremony.ensure('hk/identity', ['sig'], randomName());
});
afterAll(() => rm(dir, { recursive: true }));

async function peers(...args: string[]): Promise<string> {
  const stdout = new PassThrough();
  const env = { BAYWAY_ROOT_PASSPHRASE: PASSPHRASE };
  await peersCommand([...args, '--dir', dir], { stdin: new PassThrough(), stdout, stderr: new PassThrough(), env });
  return String(stdout.read());
}
const policy = async () => readPeerPolicy('hk', ceremony.publicRoot, await readFile(join(dir, 'peers.jws'), 'utf8'));

describe('bayway peers', () => {
  it('shows that all are trusted where nothing was said', async () => {
    expect(await peers('show')).toBe('mo  trusted  up to level 4\ncn  trusted  up to level 4\n');
  });

  it('cuts one off, lowers a level, and trusts again, each time by a newer signed policy', async () => {
    expect(await peers('cut', 'cn')).toBe('version 1\nmo  trusted  up to level 4\ncn  cut      up to level 4\n');
    expect(await policy()).toMatchObject({ version: 1, peers: { cn: { state: 'cut' } } });
    await peers('trust', 'mo', '--level', '2');
    await peers('trust', 'cn');
    expect(await policy()).toMatchObject({
      version: 3,
      peers: { cn: { state: 'trusted', highestLevel: 4 }, mo: { state: 'trusted', highestLevel: 2 } },
    });
  });

  it.each([
    [['cut']],
    [['cut', 'hk']],
    [['cut', 'us']],
    [['trust', 'cn', '--level', '5']],
    [['sever', 'cn']],
    [['show', 'cn']],
  ])('refuses %j and changes nothing', async (args) => {
    const before = await readFile(join(dir, 'peers.jws'), 'utf8');
    await expect(peers(...args)).rejects.toMatchObject({ exitCode: 2 });
    expect(await readFile(join(dir, 'peers.jws'), 'utf8')).toBe(before);
  });

  it('builds on no policy that the root did not sign', async () => {
    await writeFile(join(dir, 'peers.jws'), 'nothing that was signed');
    await expect(peers('cut', 'cn')).rejects.toThrow('not signed by its root');
  });
});
