import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { consentEndedAbroad, fromProblem, type Problem } from '@bayway/contracts';
import { JURISDICTIONS, type Jurisdiction } from '@bayway/domain';
import { KeyCeremony, openKey, randomName, signMessage, type KeyUse, type Rotation } from '@bayway/envelope';
import { testNats, type TestDatabase } from '@bayway/testing';
import { decodeProtectedHeader } from 'jose';
import { BorderGate, Bus, type Running } from '../src/index.js';
import { startProbe } from './fixture.js';

/** What the guide promises: a second for evidence to publish a line, five for a service to read it, a bit for a slow machine. */
const RELOAD_LIMIT_MS = 10_000;
const AHEAD_MS = 8_000;

const kek = randomName();
const ceremonies = new Map<Jurisdiction, KeyCeremony>();
const world = {
  databases: [] as TestDatabase[],
  running: [] as Running[],
  nats: undefined as never,
  trust: undefined as never,
};
let bus: Bus;
let hk: Awaited<ReturnType<typeof startProbe>>;

const ceremony = (jurisdiction: Jurisdiction): KeyCeremony => {
  const found = ceremonies.get(jurisdiction);
  if (!found) throw new TypeError(jurisdiction);
  return found;
};

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bayway-rotation-'));
  for (const j of JURISDICTIONS) {
    ceremonies.set(j, await KeyCeremony.open(j, join(folder, j), 'passphrase of a test'));
    await ceremony(j).ensure(`${j}/broker`, ['sig'], kek);
  }
  const trust = {
    source: (j: Jurisdiction) => ceremony(j).lines(),
    enter: (owner: string, uses: readonly KeyUse[]) =>
      ceremony(owner.slice(0, 2) as Jurisdiction).ensure(owner, uses, kek),
    settings: (owner: string) => ({
      KEYS_DIR: ceremony(owner.slice(0, 2) as Jurisdiction).keysDir(owner),
      KEK: kek,
      ROOTS: JSON.stringify(Object.fromEntries(JURISDICTIONS.map((j) => [j, ceremony(j).publicRoot]))),
      EVIDENCE_URLS: JSON.stringify(Object.fromEntries(JURISDICTIONS.map((j) => [j, 'http://127.0.0.1:9']))),
    }),
  };
  Object.assign(world, { trust, nats: await testNats() });
  hk = await startProbe(world, 'hk', 'broker');
  await startProbe(world, 'cn', 'broker');
  bus = await Bus.connect({ url: (world.nats as { url: string }).url, user: 'hk-broker', password: '' });
}, 60_000);
afterAll(async () => {
  await bus.close();
  await Promise.all(world.running.map((running) => running.stop()));
  await Promise.all(world.databases.map((database) => database.drop()));
  await (world.nats as { stop(): Promise<void> }).stop();
});

const fact = (consentId: string = randomUUID()) => [
  { id: randomUUID(), data: { consentId, state: 'withdrawn', recipient: 'some-bank', at: new Date().toISOString() } },
];
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** One fact from `hk` to `cn` through both gates; what it was refused with, or null. */
async function cross(): Promise<string | null> {
  const reply = await hk.app.app
    .get(BorderGate)
    .send(bus, consentEndedAbroad.subject, { to: 'cn', body: fact() })
    .then(
      (answer) => answer as { problem?: Problem },
      (error: unknown) => ({ code: (error as { code?: string }).code ?? String(error) }),
    );
  if ('code' in reply) return reply.code;
  return reply.problem ? (fromProblem(reply.problem)?.code ?? 'problem') : null;
}

/** Messages without a pause until `done`; the refusals, and the keys they were signed with, in the order of first use. */
async function flow(done: (kids: readonly string[]) => boolean, limitMs: number) {
  const kids: string[] = [];
  const seen = bus.connection.subscribe('border.cn.>', {
    callback: (_error, message) => {
      const { kid = '' } = decodeProtectedHeader(message.json<{ data: string }>().data);
      if (!kids.includes(kid)) kids.push(kid);
    },
  });
  const refusals: string[] = [];
  let sent = 0;
  for (const end = Date.now() + limitMs; !done(kids) && Date.now() < end; sent += 1) {
    const refused = await cross();
    if (refused) refusals.push(refused);
  }
  seen.unsubscribe();
  return { refusals, kids, sent };
}

describe('the key of a broker', () => {
  let rotation: Rotation;

  it('is rotated while messages flow: the new one signs from its time on, and none is refused', async () => {
    const [first = ''] = (await flow((kids) => kids.length === 1, 10_000)).kids;
    rotation = await ceremony('hk').rotate('hk/broker', 'sig', { kek, aheadMs: AHEAD_MS, overlapMs: 3_600_000 });
    let switched = 0;
    const { refusals, kids, sent } = await flow((seen) => {
      if (seen.length === 2) switched ||= Date.now();
      return switched > 0 && Date.now() > switched + 3_000;
    }, 60_000);
    expect(kids).toEqual([first, rotation.kid]);
    expect(refusals).toEqual([]);
    expect(sent).toBeGreaterThan(20);
    expect(switched).toBeGreaterThanOrEqual(rotation.from.getTime());
  }, 120_000);

  it('signs nothing within the reload time after it was revoked; its owner goes on with another', async () => {
    const stolen = await openKey(await readFile(rotation.file, 'utf8'), kek);
    const forge = async (): Promise<string> => {
      const head = { from: 'hk', to: 'cn', subject: consentEndedAbroad.subject } as const;
      const jws = await signMessage(stolen, head, { data: fact(), at: new Date() });
      return bus.request(`border.cn.${head.subject}`, jws).then(
        () => 'accepted',
        (error: unknown) => (error as { code: string }).code,
      );
    };
    expect(await forge()).toBe('accepted');
    const before = await signMessage(
      stolen,
      { from: 'hk', to: 'cn', subject: consentEndedAbroad.subject },
      { data: fact(), at: new Date() },
    );
    await ceremony('hk').revoke(rotation.kid, 'key-compromise');
    const revokedAt = Date.now();
    let answer = await forge();
    for (; answer === 'accepted' && Date.now() < revokedAt + 60_000; answer = await forge()) await pause(100);
    expect(Date.now() - revokedAt).toBeLessThan(RELOAD_LIMIT_MS);
    expect(answer).toBe('signer-unknown');
    // What was signed before counts no more either: whoever has the key writes any time into it.
    await expect(bus.request(`border.cn.${consentEndedAbroad.subject}`, before)).rejects.toMatchObject({
      code: 'signer-unknown',
    });
    await pause(Math.max(0, revokedAt + RELOAD_LIMIT_MS - Date.now()));
    const { refusals, kids } = await flow((seen) => seen.length > 0, 10_000);
    expect(refusals).toEqual([]);
    expect(kids).toEqual(rotation.ending);
  }, 120_000);
});
