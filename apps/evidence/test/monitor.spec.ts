import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ed25519FromSeed,
  encodeTile,
  formatAddCheckpoint,
  type HashTile,
  MemoryTree,
  type NoteSigner,
  noteSigner,
  parseTilePath,
  signCheckpoint,
} from '@bayway/transparency';
import { endWorld, getJson, newWorld, start, until, type Side, type World } from './fixture.js';

const origin = 'bayway.example/evidence/hk';
const [honest, forked] = [new MemoryTree(), new MemoryTree()];
for (let i = 0; i < 700; i++) {
  honest.append(Buffer.from([i >> 8, i & 255]));
  forked.append(Buffer.from(i < 300 ? [i >> 8, i & 255] : [9, i >> 8, i & 255]));
}

let world: World;
let hkLog: NoteSigner;
let server: Server;
/** What the log of Hong Kong shows to whoever asks. */
let shown: { tree: MemoryTree; size: number } | undefined;

// Macao and the Mainland run; the log of Hong Kong is played with its own key, so that it can lie.
beforeAll(async () => {
  world = await newWorld();
  const seed = Buffer.from(String(world.trust.key('hk/evidence', 'log').jwk.d), 'base64url');
  hkLog = noteSigner(origin, await ed25519FromSeed(seed));
  server = await play(world.sides.hk);
  await Promise.all([start(world.sides.mo), start(world.sides.cn)]);
}, 120_000);
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await endWorld(world);
});

async function play({ url, jurisdiction }: Side): Promise<Server> {
  const entries = world.trust.lines.get(jurisdiction);
  const answer = async (path: string): Promise<string | Uint8Array | undefined> => {
    if (path === '/key-directory') return JSON.stringify({ entries });
    if (!shown) return undefined;
    const { tree, size } = shown;
    if (path === '/checkpoint') return checkpoint(shown);
    return path.startsWith('/tile/') ? tileOf(tree, size, path.slice(1)) : undefined;
  };
  const made = createServer((request, response) => {
    void answer(request.url ?? '').then((body) => {
      response.statusCode = body === undefined ? 404 : 200;
      response.end(body);
    });
  });
  await new Promise<void>((resolve) => made.listen(Number(new URL(url).port), '127.0.0.1', resolve));
  return made;
}

function tileOf(tree: MemoryTree, size: number, path: string): Uint8Array | undefined {
  const tile = parseTilePath(path) as HashTile;
  const isThere = (tile.index * 256 + tile.width) * 256 ** tile.level <= size;
  return isThere ? encodeTile(tile, tree.hashOf) : undefined;
}

const checkpoint = ({ tree, size }: { tree: MemoryTree; size: number }) =>
  signCheckpoint({ origin, size, root: tree.root(size) }, hkLog);

/** Has a witness sign a tree of the log, as the log's feeder would. */
async function witnessed(side: Side, oldSize: number, to: { tree: MemoryTree; size: number }): Promise<number> {
  const proof = to.tree.consistencyProof(oldSize, to.size);
  const body = formatAddCheckpoint({ oldSize, proof, checkpoint: await checkpoint(to) });
  return (await fetch(`${side.url}/witness/add-checkpoint`, { method: 'POST', body })).status;
}

type Status = { logs: { origin: string; state: string; size: number | null }[]; alarms: Record<string, number> };
const seenBy = async (side: Side) => {
  const { logs, alarms } = (await getJson(`${side.url}/status`)) as Status;
  return { ...logs.find((log) => log.origin === origin), alarms };
};
const settles = (side: Side, state: string, size?: number) =>
  until(async () => {
    const seen = await seenBy(side);
    return seen.state === state && (size === undefined || seen.size === size) ? seen : undefined;
  }, 60_000);
const alarm = async (side: Side, kind: string) => {
  const { alarms } = (await getJson(`${side.url}/alarms`)) as { alarms: { kind: string; evidence: string }[] };
  return alarms.find((one) => one.kind === kind);
};

describe('a service that follows the other logs', () => {
  it('takes a log that grows, and says so', async () => {
    shown = { tree: honest, size: 100 };
    expect((await settles(world.sides.mo, 'in-order', 100)).alarms).toEqual({});
    shown = { tree: honest, size: 400 };
    await settles(world.sides.mo, 'in-order', 400);
    await settles(world.sides.cn, 'in-order', 400);
  }, 120_000);

  it('finds that a log shows one history to one witness and another one to the other', async () => {
    const { mo, cn } = world.sides;
    expect(await witnessed(mo, 0, { tree: honest, size: 500 })).toBe(200);
    expect(await witnessed(cn, 0, { tree: forked, size: 500 })).toBe(200);
    // To Macao the log still shows what Macao signed; the other history is at the Mainland's witness.
    shown = { tree: honest, size: 600 };
    await settles(mo, 'broken');
    await settles(cn, 'broken');
    const evidence = (await alarm(mo, 'split-view'))?.evidence ?? '';
    expect(evidence).toContain(Buffer.from(forked.root(500)).toString('base64'));
    expect(evidence).toContain(Buffer.from(honest.root(600)).toString('base64'));
    expect((await seenBy(mo)).size).toBe(400);
    // A fork never gets both witnesses: neither signs what the other one signed.
    expect(await witnessed(mo, 500, { tree: forked, size: 600 })).toBe(422);
    expect(await witnessed(cn, 500, { tree: honest, size: 600 })).toBe(422);
  }, 120_000);

  it('finds a log that publishes less than before', async () => {
    shown = { tree: honest, size: 450 };
    // Both have looked at the smaller tree before the log shows none at all.
    for (const side of [world.sides.mo, world.sides.cn]) await until(() => alarm(side, 'log-shrank'), 60_000);
    expect((await seenBy(world.sides.mo)).state).toBe('broken');
    shown = undefined;
    await until(async () => {
      const found = (await seenBy(world.sides.cn)).alarms['log-shrank'];
      return found && found > 1 ? true : undefined;
    }, 60_000);
  }, 120_000);

  it('keeps alarms each once, however long the fault lasts', async () => {
    const before = (await seenBy(world.sides.mo)).alarms;
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    expect((await seenBy(world.sides.mo)).alarms['split-view']).toBe(before['split-view']);
  }, 60_000);
});
