import { createServer, type Server } from 'node:http';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { JURISDICTIONS } from '@bayway/domain';
import {
  ed25519FromSeed,
  encodeTile,
  type HashTile,
  MemoryTree,
  noteSigner,
  parseTilePath,
  signCheckpoint,
} from '@bayway/transparency';
import { CommandError } from '../../cli/src/command.js';
import { evidenceCommand } from '../../cli/src/evidence/evidence.js';
import { endWorld, newWorld, proofOf, record, rows, start, stop, type World } from './fixture.js';

const ORIGIN = 'bayway.example/evidence/hk';

let world: World;
let roots: string;
let server: Server;
/** What the played log of Hong Kong shows in the place of the real one; undefined passes the question on. */
let lie: { tree: MemoryTree; note: string } | undefined;
let played: string;

beforeAll(async () => {
  world = await newWorld();
  roots = join(world.trust.folder, 'pinned');
  for (const j of JURISDICTIONS) {
    await mkdir(join(roots, j), { recursive: true });
    await writeFile(join(roots, j, 'root.pub.json'), JSON.stringify(world.trust.roots.get(j)?.publicKey));
  }
  await Promise.all(Object.values(world.sides).map(start));
  await proofOf(world.sides.hk, (await record(world.sides.hk, 300)).at(-1) ?? '');
  server = createServer((request, response) => {
    const path = (request.url ?? '').slice(1);
    void answer(path).then(({ status, body }) => response.writeHead(status).end(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  played = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}, 180_000);
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await endWorld(world);
});

async function answer(path: string): Promise<{ status: number; body: Uint8Array | string }> {
  if (lie && path === 'checkpoint') return { status: 200, body: lie.note };
  if (lie && path.startsWith('tile/'))
    return { status: 200, body: encodeTile(parseTilePath(path) as HashTile, lie.tree.hashOf) };
  const real = await fetch(`${world.sides.hk.url}/${path}`);
  return { status: real.status, body: new Uint8Array(await real.arrayBuffer()) };
}

type Run = Readonly<{ code: number; out: string; err: string }>;

/** Runs `bayway evidence follow hk …` with the played log. */
async function follow(...args: string[]): Promise<Run> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const urls = JURISDICTIONS.flatMap((j) => ['--url', `${j}=${j === 'hk' ? played : world.sides[j].url}`]);
  const all = ['follow', 'hk', ...urls, '--roots', roots, '--every', '0.2', ...args];
  const code = await evidenceCommand(all, { stdin: new PassThrough(), stdout, stderr }).catch((error: unknown) => {
    if (!(error instanceof CommandError)) throw error;
    stderr.write(error.message);
    return error.exitCode;
  });
  return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') };
}

/** The entries of the real log, one of them another if asked, and made-up ones behind them, signed with the log's own key. */
async function signed(size: number, altered = -1): Promise<NonNullable<typeof lie>> {
  const tree = new MemoryTree();
  const entries = await rows(world.sides.hk.db.url, 'select commitment from log_entry order by index limit $1', [size]);
  const entry = (i: number) => (entries[i]?.['commitment'] as Buffer | undefined) ?? Buffer.alloc(32, 9);
  for (let i = 0; i < size; i++) tree.append(i === altered ? Buffer.alloc(32, 7) : entry(i));
  const seed = Buffer.from(String(world.trust.key('hk/evidence', 'log').jwk.d), 'base64url');
  const signer = noteSigner(ORIGIN, await ed25519FromSeed(seed));
  return { tree, note: await signCheckpoint({ origin: ORIGIN, size, root: tree.root(size) }, signer) };
}

const sizeNow = async () =>
  Number((await rows(world.sides.hk.db.url, 'select max(size) as size from checkpoint'))[0]?.['size']);

describe('bayway evidence follow', () => {
  it('says what is new while it looks, and ends in order', async () => {
    lie = undefined;
    const running = follow('--seconds', '6');
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await record(world.sides.hk, 20);
    const { code, out } = await running;
    expect(code).toBe(0);
    const [first, second, ...others] = out.trim().split('\n');
    expect(first).toMatch(/ hk: 3\d\d entries, first seen; the witnesses hold 3\d\d and 3\d\d$/);
    expect(second).toMatch(/ hk: 3\d\d entries, continues 3\d\d; /);
    expect(others).toEqual([]);
  }, 60_000);

  it('alarms when a log shows another history than its witnesses signed, with the signed proof', async () => {
    lie = await signed((await sizeNow()) + 1, 10);
    const { code, out } = await follow();
    expect(code).toBe(1);
    expect(out).toContain('hk: ALARM split view: the log does not contain the tree signed by bayway.example/witness/');
    expect(out).toContain(Buffer.from(lie.tree.root()).toString('base64'));
  }, 60_000);

  it('alarms when a log shrinks under what its witnesses signed', async () => {
    lie = await signed(100);
    const { code, out } = await follow();
    expect([code, out.includes('hk: ALARM rollback')]).toEqual([1, true]);
  }, 60_000);

  it('remembers over runs what it saw, and takes no file for that which is none', async () => {
    const file = join(world.trust.folder, 'followed.json');
    lie = undefined;
    expect((await follow('--seconds', '0', '--state', file)).code).toBe(0);
    const seen = JSON.parse(await readFile(file, 'utf8')) as { hk: string };
    expect(seen.hk).toContain(ORIGIN);
    // Nothing new is nothing to say.
    expect(await follow('--seconds', '0', '--state', file)).toMatchObject({ code: 0, out: '' });
    // Even if both witnesses had forgotten: a larger tree that was seen before.
    const larger = await signed((await sizeNow()) + 3);
    await writeFile(file, JSON.stringify({ hk: larger.note }));
    const { code, out } = await follow('--seconds', '0', '--state', file);
    expect([code, out.includes('signed by this follower')]).toEqual([1, true]);
    await writeFile(file, '[]');
    expect(await follow('--state', file)).toMatchObject({ code: 2 });
  }, 60_000);

  it('alarms at a checkpoint that the log did not sign', async () => {
    const { tree, note } = await signed(await sizeNow());
    const [text = '', line = ''] = note.split('\n\n');
    lie = { tree, note: `${text}\n\n${line.replace(/.{6}\n?$/, 'AAAA==\n')}` };
    const { code, out } = await follow();
    expect([code, /hk: ALARM /.test(out)]).toEqual([1, true]);
  }, 60_000);

  it('says that a witness is away once its patience is over', async () => {
    lie = undefined;
    await stop(world.sides.mo);
    const { code, out } = await follow('--patience', '1');
    expect(code).toBe(3);
    expect(out).toMatch(/ hk: ALARM stalled for \d+ s: .* does not answer\n$/);
  }, 60_000);

  it.each([
    [['--every', 'often'], '--every takes seconds'],
    [['--database', 'hk=postgres://x'], "Unknown option '--database'"],
    [['sg'], 'no jurisdiction `sg`'],
  ])('is refused with %j', async (args, text) => {
    const { code, err } = await follow(...args);
    expect([code, err.includes(text)]).toEqual([2, true]);
  });
});
