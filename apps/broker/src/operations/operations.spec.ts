import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectorStanding, type LinksView } from '@bayway/contracts';
import { codeOfProblem, DENIED, Officer } from '../../test/officer.js';
import { hongKong, mainland } from '../../test/participants.js';
import { answers, until, World, type Side } from '../../test/world.js';

const OPERATOR = { roles: ['operator'] as const };
let world: World;
let cn: Side;
let hk: Side;
let operator: Officer;
beforeAll(async () => {
  world = await World.create();
  [cn, hk] = await Promise.all([world.broker('cn', mainland()), world.broker('hk', hongKong())]);
  operator = new Officer(world, cn, 'cn');
});
afterAll(() => world.end());

const links = (sent = OPERATOR as object) => operator.get<LinksView>('/operations/links', sent);

describe('GET /operations/links', () => {
  it('says which broker answers over the border, and which does not', async () => {
    const { status, body } = await links();
    expect(status).toBe(200);
    expect(body.peers).toEqual([
      { side: 'hk', state: 'up', tookMs: expect.any(Number) },
      { side: 'mo', state: 'down', tookMs: null },
    ]);
  }, 20_000);

  it('says which connector answers, with what it has yet to deliver', async () => {
    const way = { to: 'evidence', waiting: 3, setAside: 1, oldestAt: '2026-11-24T08:00:00.000Z' };
    await until(async () => (await links()).body.holders.every(({ state }) => state === 'down'), 10_000);
    answers(cn.bus, connectorStanding, () => ({ at: new Date().toISOString(), ways: [way] }), 'pengwan-credit');
    await until(async () => (await links()).body.holders.some(({ state }) => state === 'up'), 15_000);
    const up = (await links()).body.holders.filter(({ state }) => state === 'up');
    expect(up).toEqual([{ holder: 'pengwan-credit', state: 'up', tookMs: expect.any(Number), ways: [way] }]);
  }, 40_000);

  it('notices within seconds that a broker went away', async () => {
    await hk.running.stop();
    await until(async () => (await links()).body.peers.every(({ state }) => state === 'down'), 20_000);
  }, 30_000);

  it.each(DENIED)('deny: %s', async (_name, sent, status, code) => {
    const answer = await links(sent);
    expect([answer.status, codeOfProblem(answer)]).toEqual([status, code]);
  });

  it('deny: a rules officer; a regulator looks', async () => {
    expect((await links({ roles: ['rules-officer'] })).status).toBe(403);
    expect((await links({ roles: ['regulator'] })).status).toBe(200);
  }, 20_000);
});
