import { createHash } from 'node:crypto';
import { Agent, request as httpRequest } from 'node:http';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ed25519FromSeed,
  formatAddCheckpoint,
  type Hash,
  MemoryTree,
  type NoteSigner,
  noteSigner,
  openCheckpoint,
  parseCosignatures,
  parseNote,
  parseTreeSize,
  signCheckpoint,
  verifySignatures,
} from '@bayway/transparency';
import { endWorld, getJson, newWorld, rows, start, stop, trustIn, type Side, type World } from './fixture.js';

const origin = 'bayway.example/evidence/hk';
let world: World;
let mo: Side;
let hkLog: NoteSigner;
let publisher: Server;
const tree = new MemoryTree();
const fork = new MemoryTree();
for (let i = 0; i < 1500; i++) {
  tree.append(Buffer.from([i >> 8, i & 255]));
  fork.append(Buffer.from(i < 10 ? [i >> 8, i & 255] : [1, i >> 8, i & 255]));
}

// Only the witness of Macao runs here; the log of Hong Kong is played with its own key.
beforeAll(async () => {
  world = await newWorld();
  mo = world.sides.mo;
  const seed = Buffer.from(String(world.trust.key('hk/evidence', 'log').jwk.d), 'base64url');
  hkLog = noteSigner(origin, await ed25519FromSeed(seed));
  publisher = await publishDirectory(world.sides.hk);
  await start(mo);
});
afterAll(async () => {
  agent.destroy();
  publisher.close();
  await endWorld(world);
});

/** The key directory of Hong Kong, where Macao looks for it. */
async function publishDirectory({ url, jurisdiction }: Side): Promise<Server> {
  const entries = world.trust.lines.get(jurisdiction);
  const server = createServer((request, response) => {
    response.statusCode = request.url === '/key-directory' ? 200 : 404;
    response.end(JSON.stringify({ entries }));
  });
  await new Promise<void>((resolve) => server.listen(Number(new URL(url).port), '127.0.0.1', resolve));
  return server;
}

type Request = { oldSize: number; size: number; from?: MemoryTree; proof?: Hash[]; signer?: NoteSigner; root?: Hash };
async function bodyOf({ oldSize, size, from = tree, proof, signer = hkLog, root }: Request): Promise<string> {
  const checkpoint = await signCheckpoint({ origin, size, root: root ?? from.root(size) }, signer);
  const hashes = proof ?? from.consistencyProof(Math.min(oldSize, size), size);
  return formatAddCheckpoint({ oldSize, proof: hashes, checkpoint });
}
const post = (body: string | Uint8Array<ArrayBuffer>) =>
  fetch(`${mo.url}/witness/add-checkpoint`, { method: 'POST', body });
const submit = async (request: Request) => post(await bodyOf(request));
/** Calls on 200 connections: one each for a thousand would only wait in the backlog of the socket. */
const agent = new Agent({ keepAlive: true, maxSockets: 200 });
const statusOf = (body: string | Uint8Array) =>
  new Promise<number | undefined>((resolve, reject) => {
    const call = httpRequest(`${mo.url}/witness/add-checkpoint`, { method: 'POST', agent }, (response) =>
      response.resume().once('end', () => resolve(response.statusCode)),
    );
    call.once('error', reject).end(body);
  });
const held = async () => {
  const [row] = await rows(mo.db.appUrl, 'select size, encode(root, $1) as root from witnessed where origin = $2', [
    'hex',
    origin,
  ]);
  return { size: Number(row?.['size']), root: row?.['root'] };
};
const monitored = () => fetch(`${mo.url}/witness/${createHash('sha256').update(origin).digest('hex')}/checkpoint`);

describe('POST /witness/add-checkpoint', () => {
  it('cosigns what continues the tree it signed last, with the time', async () => {
    const response = await submit({ oldSize: 0, size: 100 });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
    const { text } = parseNote(await signCheckpoint({ origin, size: 100, root: tree.root(100) }, hkLog));
    const verified = await verifySignatures(
      text,
      parseCosignatures(await response.text()),
      trustIn(world, 'hk').cosigners ?? [],
    );
    expect(verified).toEqual([expect.objectContaining({ name: 'bayway.example/witness/mo' })]);
    expect(Math.abs(Date.now() / 1000 - Number(verified[0]?.time))).toBeLessThan(60);
    expect(await held()).toEqual({ size: 100, root: Buffer.from(tree.root(100)).toString('hex') });
  });

  it('cosigns the same checkpoint again', async () => {
    expect((await submit({ oldSize: 100, size: 100 })).status).toBe(200);
  });

  it('answers 409 with the size it holds, in its media type', async () => {
    for (const oldSize of [0, 50, 101]) {
      const response = await submit({ oldSize, size: 200 });
      expect([response.status, response.headers.get('content-type')]).toEqual([409, 'text/x.tlog.size']);
      expect(parseTreeSize(await response.text())).toBe(100);
    }
  });

  it.each<[string, number, string, () => Promise<Response>]>([
    ['no request', 400, 'checkpoint-invalid', () => post('')],
    ['bytes that are not text', 400, 'checkpoint-invalid', () => post(Uint8Array.of(0xff, 0xfe, 10, 10))],
    ['an old size above the new one', 400, 'checkpoint-invalid', () => submit({ oldSize: 100, size: 99 })],
    ['no proof', 422, 'consistency-unproven', () => submit({ oldSize: 100, size: 200, proof: [] })],
    ['a fork', 422, 'consistency-unproven', () => submit({ oldSize: 100, size: 200, from: fork })],
    ['a body of half a megabyte', 413, 'body-too-large', () => post('a'.repeat(500_000))],
  ])('refuses %s with %i and remembers nothing', async (_, status, code, attempt) => {
    const before = await held();
    const response = await attempt();
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ type: expect.stringMatching(new RegExp(`/${code}$`)) });
    expect(await held()).toEqual(before);
  });

  it('refuses a log it does not know, its own, and a key that is not in the directory', async () => {
    const stranger = noteSigner(origin, await ed25519FromSeed(new Uint8Array(32).fill(1)));
    expect((await submit({ oldSize: 100, size: 200, signer: stranger })).status).toBe(403);
    for (const name of ['bayway.example/evidence/mo', 'other.example']) {
      const checkpoint = await signCheckpoint({ origin: name, size: 0, root: tree.root(0) }, hkLog);
      const response = await post(formatAddCheckpoint({ oldSize: 0, proof: [], checkpoint }));
      expect(response.status).toBe(404);
    }
  });

  it('keeps proof of a fork that a log signed, and shows it', async () => {
    const response = await submit({ oldSize: 100, size: 100, from: fork });
    expect(response.status).toBe(422);
    await submit({ oldSize: 100, size: 100, from: fork });
    const { alarms } = (await getJson(`${mo.url}/alarms`)) as { alarms: { kind: string; evidence: string }[] };
    expect(alarms.filter(({ kind }) => kind === 'log-forked')).toHaveLength(1);
    const forks = alarms.find(({ kind }) => kind === 'log-forked')?.evidence ?? '';
    expect(forks).toContain(Buffer.from(fork.root(100)).toString('base64'));
    expect(forks).toContain(Buffer.from(tree.root(100)).toString('base64'));
  });

  it('never falls back when a thousand ask at once, and signs one of them', async () => {
    const from = (await held()).size;
    const attempts = Array.from({ length: 1_000 }, (_, i) => ({ oldSize: from, size: from + 1 + ((i * 37) % 200) }));
    const bodies = await Promise.all(attempts.map(bodyOf));
    const answers = await Promise.all(bodies.map(statusOf));
    const signed = attempts.filter((_, i) => answers[i] === 200);
    expect(signed).toHaveLength(1);
    expect(answers.filter((status) => status === 409)).toHaveLength(999);
    expect((await held()).size).toBe(signed[0]?.size);
  }, 120_000);

  it('remembers over a restart', async () => {
    const before = await held();
    await stop(mo);
    await start(mo);
    const smaller = await submit({ oldSize: 0, size: 5 });
    expect([smaller.status, parseTreeSize(await smaller.text())]).toEqual([409, before.size]);
  });

  it('has a memory that the database itself keeps from shrinking', async () => {
    for (const change of ['size = size - 1', "root = decode(repeat('00', 32), 'hex')", "origin = 'other'"])
      await expect(rows(mo.db.ownerUrl, `update witnessed set ${change}`)).rejects.toThrow('only grows');
  });
});

describe('GET /witness/:origin/checkpoint', () => {
  it('shows the checkpoint it signed last, with its cosignature', async () => {
    const { size } = await held();
    const { text, signatures } = parseNote(await (await monitored()).text());
    expect(text.split('\n')[1]).toBe(String(size));
    expect(signatures.map(({ name }) => name)).toEqual(['bayway.example/witness/mo']);
    await expect(openCheckpoint(await (await monitored()).text(), trustIn(world, 'hk'))).rejects.toMatchObject({
      code: 'signature-missing',
    });
  });

  it('answers 404 for a log it never signed for', async () => {
    for (const name of ['bayway.example/evidence/cn', 'bayway.example/evidence/mo', 'other']) {
      const hash = createHash('sha256').update(name).digest('hex');
      expect((await fetch(`${mo.url}/witness/${hash}/checkpoint`)).status).toBe(404);
    }
  });
});
