import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { activateConsent, DomainError, issuePermit } from '@bayway/contracts';
import { testNats } from '@bayway/testing';
import { DataSource } from 'typeorm';
import { Bus, Keys, OutboxRelay } from '../src/index.js';
import { actorToken, endWorld, newWorld, startProbe, type Probe, type World } from './fixture.js';

let world: World;
let bus: Bus;
const until = async (done: () => boolean): Promise<void> => {
  for (let waited = 0; !done(); waited += 20) {
    if (waited > 8_000) throw new RangeError('waited too long');
    await new Promise((next) => setTimeout(next, 20));
  }
};
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'accepted',
    (error: unknown) => (error instanceof DomainError ? error.code : String(error)),
  );

beforeAll(async () => {
  world = await newWorld(await testNats());
  await startProbe(world, 'cn', 'consent');
  bus = await Bus.connect({ url: world.nats.url, user: 'cn-identity', password: '' });
});
afterAll(async () => {
  await bus.close();
  await endWorld(world);
});

describe('a request on the bus', () => {
  const body = { consentId: randomUUID() as never, flowId: randomUUID() as never };

  it('carries a typed answer, under the actor of a token that identity issued for this service', async () => {
    const answer = await bus.ask(activateConsent, body, { actor: await actorToken(world.trust) });
    expect(answer).toEqual({ consentId: body.consentId, state: 'given', receipt: 'a.b.c' });
  });

  it.each([
    ['no token', () => undefined, 'token-missing'],
    ['a token that is no token', () => 'x.y.z', 'signature-invalid'],
    ['an expired token', () => actorToken(world.trust, { exp: 1_000 }), 'signed-object-expired'],
    [
      'a token for another service',
      () => actorToken(world.trust, { aud: 'urn:bayway:cn:broker' }),
      'token-audience-mismatch',
    ],
    [
      'a token of another jurisdiction',
      () => actorToken(world.trust, { aud: 'urn:bayway:cn:consent' }, 'hk/identity'),
      'signer-not-allowed',
    ],
  ])('is refused with %s', async (_name, token, expected) => {
    const actor = await token();
    expect(await codeOf(bus.ask(activateConsent, body, actor === undefined ? {} : { actor }))).toBe(expected);
  });

  it('is refused with an unknown key, and brings the problem of the other side', async () => {
    const actor = await actorToken(world.trust);
    expect(await codeOf(bus.ask(activateConsent, { ...body, more: 1 } as never, { actor }))).toBe('request-invalid');
    const low = await actorToken(world.trust, { level: 1 });
    const error = (await bus.ask(activateConsent, body, { actor: low }).catch((e: unknown) => e)) as DomainError;
    expect([error.code, error.members]).toEqual(['level-too-low', { needed: 3 }]);
  });

  it('is refused at once when its bytes are no message', async () => {
    for (const bytes of ['{"id":', '', 'null', JSON.stringify({ data: body })]) {
      const reply = await bus.connection.request(activateConsent.subject, bytes, { timeout: 2_000 });
      expect([bytes, reply.json<{ err: { type: string } }>().err.type]).toEqual([
        bytes,
        expect.stringMatching(/body-malformed$/),
      ]);
    }
  });

  it('ends as unavailable when nobody answers, and as a wrong answer when the shape is another', async () => {
    const body = {
      consentId: randomUUID(),
      subjectHandle: 'h'.repeat(43),
      dataRequestId: randomUUID(),
      holder: 'holder',
      items: ['accounts'],
    };
    const digests = {
      requestDigest: 'd'.repeat(43),
      importerAssessmentDigest: 'd'.repeat(43),
      exporterAssessmentDigest: 'd'.repeat(43),
    };
    expect(await codeOf(bus.ask(issuePermit, { ...body, ...digests } as never))).toBe('service-unavailable');
    expect(await codeOf(bus.request('nobody.listens.v1', {}))).toBe('service-unavailable');
  });
});

describe('a fact', () => {
  const ids = (n: number): string[] => Array.from({ length: n }, () => randomUUID());

  it('reaches its subscriber once and in order, though the subscriber was down and the delivery was repeated', async () => {
    const broker = await startProbe(world, 'cn', 'broker');
    const written = ids(60);
    await broker.probe.emit(written.slice(0, 30));
    const identity = await startProbe(world, 'cn', 'identity');
    await until(() => identity.probe.taken.length === 30);
    identity.probe.failing = true;
    await broker.probe.emit(written.slice(30));
    broker.app.app.get(OutboxRelay).nudge();
    await new Promise((next) => setTimeout(next, 600));
    identity.probe.failing = false;
    await until(() => identity.probe.taken.length === 60);
    expect(identity.probe.taken).toEqual(written);

    const outbox = broker.app.app.get(DataSource);
    await until(() => true);
    await outbox.query('update outbox set delivered_at = null, next_at = now()');
    broker.app.app.get(OutboxRelay).nudge();
    await until(() => identity.probe.taken.length >= 60);
    await new Promise((next) => setTimeout(next, 800));
    expect(identity.probe.taken).toHaveLength(60);
    const [{ open }] = (await outbox.query('select count(*)::int as open from outbox where delivered_at is null')) as [
      { open: number },
    ];
    expect(open).toBe(0);
  });

  it('for a connector reaches the connector of its own holder, and no other', async () => {
    const consent = await startProbe(world, 'hk', 'consent');
    const [one, other] = [
      await startProbe(world, 'hk', 'connector', { holder: 'one-holder' }),
      await startProbe(world, 'hk', 'connector', { holder: 'other-holder' }),
    ];
    const written = ids(12);
    for (const [index, id] of written.entries())
      await consent.probe.tellEnd(id, index % 3 === 0 ? 'other-holder' : 'one-holder');
    await until(() => one.probe.taken.length + other.probe.taken.length >= written.length);
    expect(one.probe.taken).toEqual(written.filter((_, index) => index % 3 !== 0));
    expect(other.probe.taken).toEqual(written.filter((_, index) => index % 3 === 0));
  });

  it('for a connector is not written without its holder: nobody else is told either', async () => {
    const { app, probe } = await startProbe(world, 'mo', 'consent');
    await expect(probe.tellEnd(randomUUID())).rejects.toThrow('whose');
    expect(await app.app.get(DataSource).query('select 1 from outbox')).toEqual([]);
  });

  it('is not written when its transaction fails', async () => {
    const { app, db } = await startProbe(world, 'mo', 'broker');
    const source = app.app.get(DataSource);
    const probe: Probe = app.app.get((await import('./fixture.js')).Probe);
    await expect(probe.emit(['not-a-uuid'])).rejects.toThrow();
    const [{ n }] = (await source.query('select count(*)::int as n from outbox')) as [{ n: number }];
    expect([n, db.name.length > 0]).toEqual([0, true]);
  });
});

describe('keys', () => {
  it('are taken from the directories, also a new one after a rotation', async () => {
    const keys = await Keys.load(
      {
        ...world.trust.settings('cn/consent'),
        ROOTS: JSON.parse(world.trust.rootsSetting()),
        EVIDENCE_URLS: {} as never,
      },
      world.trust.source,
    );
    await world.trust.enter('cn/identity', ['sig']);
    const token = await actorToken(world.trust);
    await new Promise((next) => setTimeout(next, 1_100));
    const directory = await keys.directoryFor(token);
    expect(directory.keysOf('cn/identity', 'sig', new Date())).toHaveLength(2);
    keys.close();
  });
});
