import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { consentEndedAbroad, DomainError, fromProblem, issuePermit, type Problem } from '@bayway/contracts';
import { signMessage } from '@bayway/envelope';
import { testNats } from '@bayway/testing';
import { DataSource } from 'typeorm';
import { addToOutbox, BorderGate, Bus } from '../src/index.js';
import { endWorld, newWorld, startProbe, type World } from './fixture.js';

type Started = Awaited<ReturnType<typeof startProbe>>;
let world: World;
let hk: Started;
let cn: Started;
let bus: Bus;
const SUBJECT = consentEndedAbroad.subject;

beforeAll(async () => {
  world = await newWorld(await testNats());
  hk = await startProbe(world, 'hk', 'broker');
  cn = await startProbe(world, 'cn', 'broker');
  bus = await Bus.connect({ url: world.nats.url, user: 'hk-broker', password: '' });
});
afterAll(async () => {
  await bus.close();
  await endWorld(world);
});

const batch = (id = randomUUID()) => [
  { id, data: { consentId: randomUUID(), state: 'withdrawn', recipient: 'some-bank', at: new Date().toISOString() } },
];
const rows = async (): Promise<{ inbox: number; refused: number }> => {
  const sql =
    "select (select count(*)::int from inbox) inbox, (select count(*)::int from evidence_record where type = 'message.refused') refused";
  const [counts] = (await hk.app.app.get(DataSource).query(sql)) as [{ inbox: number; refused: number }];
  return counts;
};
/** Sends raw bytes to the broker of `hk`, as whoever sits on the link could. */
async function send(jws: unknown): Promise<string> {
  const refused = await bus.request(`border.hk.${SUBJECT}`, jws).then(
    () => null,
    (error: unknown) => error,
  );
  return refused instanceof DomainError ? refused.code : 'accepted';
}
const message = (over: { owner?: string; to?: string; subject?: string; at?: Date } = {}): Promise<string> => {
  const key = world.trust.key(over.owner ?? 'cn/broker', 'sig');
  const head = { from: 'cn', to: (over.to ?? 'hk') as 'hk', subject: over.subject ?? SUBJECT } as const;
  return signMessage(key, head, { data: batch(), at: over.at ?? new Date() });
};

describe('a message at the border', () => {
  it('that is signed by the sender’s broker, for us and alive, is taken in once', async () => {
    const jws = await message();
    expect(await send(jws)).toBe('accepted');
    expect(await send(jws)).toBe('message-replayed');
  });

  it.each([
    ['unsigned', () => JSON.stringify(batch()), 'signature-invalid'],
    ['not even text', () => ({ data: batch() }), 'signature-invalid'],
    [
      'altered',
      async () => (await message()).replace(/\.[^.]+\./, `.${Buffer.from('{"to":"hk"}').toString('base64url')}.`),
      'signature-invalid',
    ],
    ['expired', () => message({ at: new Date(Date.now() - 120_000) }), 'signed-object-expired'],
    ['from the future', () => message({ at: new Date(Date.now() + 600_000) }), 'signed-object-expired'],
    ['for another jurisdiction', () => message({ to: 'mo' }), 'message-misaddressed'],
    ['for another subject', () => message({ subject: 'broker.chunk.v1' }), 'message-misaddressed'],
    ['signed by another service', () => message({ owner: 'cn/consent' }), 'signer-not-allowed'],
    ['signed by another jurisdiction’s broker', () => message({ owner: 'mo/broker' }), 'signer-not-allowed'],
  ] as const)('that is %s is refused, in evidence, and changes nothing', async (_name, make, expected) => {
    const before = await rows();
    expect(await send(await make())).toBe(expected);
    expect(await rows()).toEqual({ inbox: before.inbox, refused: before.refused + 1 });
  });

  it('cannot carry a contract that does not cross', async () => {
    const gate = hk.app.app.get(BorderGate);
    const refused = await gate.send(bus, issuePermit.subject, { to: 'cn', body: {} }).catch((error: unknown) => error);
    expect((refused as DomainError).code).toBe('access-denied');
  });

  it('answers with a signed problem', async () => {
    const reply = await hk.app.app.get(BorderGate).send(bus, 'broker.assess-peer.v1', { to: 'cn', body: { more: 1 } });
    const { problem } = reply as { problem: Problem };
    expect(fromProblem(problem)?.code).toBe('request-invalid');
  });

  it('ends as unreachable when the other side is gone', async () => {
    const asked = hk.app.app.get(BorderGate).send(bus, SUBJECT, { to: 'mo', body: [], timeoutMs: 300 });
    expect(await asked.catch((error: unknown) => (error as DomainError).code)).toBe('border-unreachable');
  });
});

describe('a fact that crosses', () => {
  it('is delivered by the relay, signed, once', async () => {
    const data = {
      consentId: randomUUID() as never,
      state: 'withdrawn' as const,
      recipient: 'some-bank' as never,
      at: new Date().toISOString(),
    };
    await cn.app.app
      .get(DataSource)
      .transaction((tx) => addToOutbox(tx, consentEndedAbroad, { aggregate: data.consentId, data, peer: 'hk' }));
    for (let waited = 0; !hk.probe.taken.includes(data.consentId) && waited < 5_000; waited += 20)
      await new Promise((next) => setTimeout(next, 20));
    expect(hk.probe.taken.filter((id) => id === data.consentId)).toHaveLength(1);
  });
});
