import { spawn } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable, Writable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { KeyCeremony, openKey, randomName } from '@bayway/envelope';
import { CommandError } from '../command.js';
import { keysCommand } from './keys.js';

const PASSPHRASE = 'seven words that nobody would ever guess';
const kek = randomName();
let made: string;
let dir: string;

beforeAll(async () => {
  made = await mkdtemp(join(tmpdir(), 'bayway-keys-'));
  const ceremony = await KeyCeremony.open('hk', made, PASSPHRASE);
  await ceremony.ensure('hk/broker', ['sig'], kek);
  await ceremony.ensure('hk/identity', ['sig', 'oidc', 'client'], kek);
  await ceremony.ensure('hk/evidence', ['log'], kek);
});
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'bayway-keys-'));
  await cp(made, dir, { recursive: true });
});
afterAll(() => rm(made, { recursive: true }));

/** A stream that keeps what is written to it. */
class Page extends Writable {
  text = '';
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

const SECRETS = { BAYWAY_ROOT_PASSPHRASE: PASSPHRASE, BAYWAY_KEK: kek };

type Given = { env?: Record<string, string>; stdin?: Readable };

async function keys(args: readonly string[], { env = SECRETS, stdin = Readable.from([]) }: Given = {}) {
  const [stdout, stderr] = [new Page(), new Page()];
  const terminal = { stdin, stdout, stderr, env };
  const outcome = await keysCommand(args, terminal).catch((error: unknown) => error);
  for (const secret of Object.values(SECRETS))
    expect(stdout.text + stderr.text + String(outcome)).not.toContain(secret);
  if (typeof outcome === 'number') return { exit: outcome, out: stdout.text, err: stderr.text };
  if (!(outcome instanceof CommandError)) throw outcome as Error;
  expect(outcome.message).not.toContain('\n');
  return { exit: outcome.exitCode, out: stdout.text, err: outcome.message };
}

const found = (pattern: RegExp, within: string): string => pattern.exec(within)?.[1] ?? '';
const file = () => join(dir, 'directory.jsonl');
const text = () => readFile(file(), 'utf8');
const rows = async () =>
  (await keys(['list', '--dir', dir])).out
    .split('\n')
    .slice(1, -1)
    .map((row) => row.split(/ {2,}/));
const rowsOf = async (owner: string, use: string) =>
  (await rows())
    .filter(([, u, o]) => u === use && o === owner)
    .map(([state, , , , to = '', kid = '']) => ({ state, to, kid }));
const verify = () => keys(['verify', file(), '--root', join(dir, 'root.pub.json')]);
const rotate = (...flags: string[]) => keys(['rotate', 'hk/broker', 'sig', '--dir', dir, ...flags]);
/** Refused in one line, and not a byte of the folder has changed. */
async function refused(args: readonly string[], exit: number, line: string, over: Given = {}) {
  const before = [await text(), await readdir(dir, { recursive: true })];
  const answer = await keys(args, over);
  expect(answer).toMatchObject({ exit, out: '' });
  expect(answer.err).toContain(line);
  expect([await text(), await readdir(dir, { recursive: true })]).toEqual(before);
}

describe('bayway keys list', () => {
  it('shows each key with its state, use, owner and life', async () => {
    expect((await rows()).map((row) => row.slice(0, 3).join(' '))).toEqual([
      'current sig hk/broker',
      'current log hk/evidence',
      'current client hk/identity',
      'current oidc hk/identity',
      'current sig hk/identity',
    ]);
    await rotate('--ahead', '1h', '--overlap', '1s');
    expect((await rowsOf('hk/broker', 'sig')).map(({ state }) => state)).toEqual(['current', 'future']);
  });
});

describe('bayway keys rotate', () => {
  it('appends a key that waits and an end for the old one, and changes no byte before them', async () => {
    const before = await text();
    const asked = Date.now();
    const { exit, out } = await rotate('--ahead', '2m', '--overlap', '3h');
    expect(exit).toBe(0);
    const after = await text();
    expect(after.startsWith(before)).toBe(true);
    expect(after.slice(before.length).split('\n')).toHaveLength(3);
    const [old, fresh] = await rowsOf('hk/broker', 'sig');
    const from = Date.parse(found(/^new .* from (\S+)$/m, out));
    expect(out).toContain(`new    ${fresh!.kid}`);
    expect(out).toContain(`old    ${old!.kid}  to   ${old!.to}`);
    expect(from - asked).toBeGreaterThanOrEqual(120_000);
    expect(Date.parse(old!.to) - from).toBe(3 * 3_600_000);
    const sealed = await readFile(found(/^sealed (.+)$/m, out), 'utf8');
    expect((await openKey(sealed, kek)).kid).toBe(fresh!.kid);
    expect((await verify()).exit).toBe(0);
  });

  it('a second time refuses while the first key waits, and goes on from it afterwards', async () => {
    await rotate();
    await refused(['rotate', 'hk/broker', 'sig', '--dir', dir], 1, 'is being rotated');
    const waiting = (await rowsOf('hk/broker', 'sig'))[1]?.kid ?? '';
    await keys(['revoke', waiting, '--reason', 'superseded', '--dir', dir]);
    expect((await rotate('--ahead', '0s')).exit).toBe(0);
    expect((await rotate('--ahead', '0s')).exit).toBe(0);
    const states = (await rowsOf('hk/broker', 'sig')).map(({ state, to }) => [state, to === '-']);
    expect(states).toEqual([
      ['current', false],
      ['current', false],
      ['current', true],
      ['revoked', false],
    ]);
    expect((await verify()).exit).toBe(0);
  });

  it.each<[string, string[], number, string]>([
    ['an unknown owner', ['hk/nobody', 'sig'], 1, '`hk/nobody` has no `sig` key'],
    ['a use the owner has not', ['hk/broker', 'oidc'], 1, 'has no `oidc` key'],
    ['another jurisdiction', ['cn/broker', 'sig'], 2, 'key folder of `hk`'],
    ['no owner at all', ['broker', 'sig'], 2, 'an owner is written'],
    ['an unknown use', ['hk/broker', 'signing'], 2, 'a use is one of sig'],
    ['the key of a log', ['hk/evidence', 'log'], 2, 'a `log` key is not rotated'],
    ['a duration without unit', ['hk/broker', 'sig', '--overlap', '24'], 2, '--overlap takes a number with its unit'],
    ['a duration too long', ['hk/broker', 'sig', '--ahead', '91d'], 2, '--ahead takes'],
    ['a word too few', ['hk/broker'], 2, 'usage: bayway keys rotate OWNER USE'],
    ['a secret as an argument', ['hk/broker', 'sig', '--passphrase', PASSPHRASE], 2, 'usage: bayway keys rotate'],
  ])('refuses %s, and changes nothing', async (_name, args, exit, line) => {
    await refused(['rotate', ...args, '--dir', dir], exit, line);
  });

  it.each<[string, Record<string, string>, number, string]>([
    ['a wrong passphrase', { BAYWAY_ROOT_PASSPHRASE: 'guess' }, 1, 'the passphrase does not open the root'],
    ['no passphrase', { BAYWAY_ROOT_PASSPHRASE: '' }, 2, 'set BAYWAY_ROOT_PASSPHRASE'],
    ['another key-encryption key', { BAYWAY_KEK: randomName() }, 1, 'does not open the keys that `hk/broker` has'],
    ['half a key-encryption key', { BAYWAY_KEK: 'abc' }, 2, 'BAYWAY_KEK is not 256 bits'],
    ['no key-encryption key', { BAYWAY_KEK: '' }, 2, 'set BAYWAY_KEK'],
  ])('refuses %s, and changes nothing', async (_name, env, exit, line) => {
    await refused(['rotate', 'hk/broker', 'sig', '--dir', dir], exit, line, { env: { ...SECRETS, ...env } });
  });

  it('asks for what is not set at a terminal, without showing it', async () => {
    const stdin = Object.assign(new PassThrough(), { isTTY: true });
    const asked = keys(['rotate', 'hk/broker', 'sig', '--dir', dir], { env: { BAYWAY_KEK: kek }, stdin });
    setTimeout(() => stdin.write(`${PASSPHRASE}\r`), 100);
    expect(await asked).toMatchObject({ exit: 0, err: 'passphrase of the root: \n' });
  });
});

describe('bayway keys revoke', () => {
  it('ends a key at once, says why in the directory, and that its owner has none left', async () => {
    const before = await text();
    const kid = (await rowsOf('hk/broker', 'sig'))[0]?.kid ?? '';
    const { exit, out, err } = await keys(['revoke', kid, '--reason', 'key-compromise', '--dir', dir]);
    expect(exit).toBe(0);
    expect(out).toMatch(new RegExp(`^revoked ${kid}  hk/broker sig  `));
    expect(err).toContain('`hk/broker` has no valid `sig` key now');
    const after = await text();
    expect(after.startsWith(before)).toBe(true);
    const [, payload = ''] = after.slice(before.length).split('.');
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({ kid, reason: 'key-compromise' });
    expect((await rowsOf('hk/broker', 'sig'))[0]?.state).toBe('revoked');
    await refused(['revoke', kid, '--reason', 'superseded', '--dir', dir], 1, 'is revoked since');
  });

  it('refuses an unknown key, whatever its first letter, and a reason that is none', async () => {
    for (const kid of [randomName(), `-${randomName().slice(1)}`, 'short'])
      await refused(['revoke', kid, '--reason', 'superseded', '--dir', dir], 1, `no key \`${kid}\``);
    await refused(['revoke', randomName(), '--reason', 'felt like it', '--dir', dir], 2, '--reason is one of');
    await refused(['revoke', randomName(), '--dir', dir], 2, '--reason is one of');
  });
});

describe('bayway keys verify', () => {
  let server: Server;
  let url: string;
  let answer: { status: number; body: string };
  beforeAll(async () => {
    server = createServer((_request, response) => void response.writeHead(answer.status).end(answer.body));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/key-directory`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  const lines = async () => (await text()).trim().split('\n');

  it('finds a file and what is published to be the same whole directory', async () => {
    answer = { status: 200, body: JSON.stringify({ entries: await lines() }) };
    const both = [await verify(), await keys(['verify', url, '--root', join(dir, 'root.pub.json')])];
    expect(both[0]).toMatchObject({ exit: 0, err: '' });
    expect(both[0]?.out).toContain('lines     5\n');
    expect(both[1]).toEqual(both[0]);
  });

  it.each<[string, (all: string[]) => string[], string]>([
    [
      'a line taken out',
      ([first = '', , ...rest]) => [first, ...rest],
      'line 1 of the key directory of `hk` does not follow',
    ],
    [
      'two lines swapped',
      ([a = '', b = '', ...rest]) => [b, a, ...rest],
      'line 0 of the key directory of `hk` does not follow',
    ],
    [
      'a line altered',
      ([a = '', b = '', ...rest]) => [a, b.replace(/\.(.)/, '.e30'), ...rest],
      'line 1 of the key directory of `hk` is not signed',
    ],
    ['a line that is none', (all) => [...all, 'hello'], 'line 5 of the key directory of `hk` is not signed'],
    ['a first line that is none', () => ['hello'], 'line 0 is not a line of a key directory'],
    ['nothing at all', () => [], 'the key directory is empty'],
  ])('finds %s', async (_name, tamper, line) => {
    await writeFile(file(), `${tamper(await lines()).join('\n')}\n`);
    expect(await verify()).toMatchObject({ exit: 1, out: '', err: expect.stringContaining(line) });
    await refused(['rotate', 'hk/broker', 'sig', '--dir', dir], 1, line);
  });

  it('believes only the pinned root', async () => {
    const other = await mkdtemp(join(tmpdir(), 'bayway-keys-'));
    await KeyCeremony.open('hk', other, 'another');
    const wrong = await keys(['verify', file(), '--root', join(other, 'root.pub.json')]);
    expect(wrong).toMatchObject({ exit: 1, err: 'line 0 of the key directory of `hk` is not signed by its root' });
  });

  it('says in one line what it could not read', async () => {
    const root = ['--root', join(dir, 'root.pub.json')];
    answer = { status: 503, body: '' };
    expect((await keys(['verify', url, ...root])).err).toBe(`\`${url}\` answers 503`);
    answer = { status: 200, body: '<html>' };
    expect((await keys(['verify', url, ...root])).err).toContain('something else than a key directory');
    expect((await keys(['verify', 'http://127.0.0.1:9/', ...root])).err).toContain('does not answer');
    expect((await keys(['verify', '/nowhere', ...root])).err).toBe('cannot read `/nowhere`');
    expect((await keys(['verify', file(), '--root', file()])).err).toContain('is not a public root');
    expect((await keys(['verify', file(), '--root', '/nowhere'])).err).toContain('cannot read the pinned root');
  });
});

describe('two at once', () => {
  it('never break the directory: each is done or refused in one line', async () => {
    const main = join(import.meta.dirname, '../../dist/main.js');
    const run = (use: string) =>
      new Promise<{ code: number | null; err: string }>((resolve) => {
        const env = { ...process.env, ...SECRETS, NODE_OPTIONS: '' };
        const child = spawn(process.execPath, [main, 'keys', 'rotate', 'hk/identity', use, '--dir', dir], { env });
        let err = '';
        child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
        child.on('close', (code) => resolve({ code, err }));
      });
    const outcomes = await Promise.all(['sig', 'oidc', 'client'].map(run));
    const done = outcomes.filter(({ code }) => code === 0).length;
    expect(done).toBeGreaterThan(0);
    for (const { code, err } of outcomes.filter(({ code }) => code !== 0))
      expect([code, err]).toEqual([1, expect.stringMatching(/^bayway keys: somebody else works .*\n$/)]);
    expect((await text()).trim().split('\n')).toHaveLength(5 + 2 * done);
    expect((await verify()).exit).toBe(0);
  });
});
