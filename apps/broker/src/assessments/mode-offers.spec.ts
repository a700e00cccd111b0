import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { assess, type AssessAnswer } from '@bayway/contracts';
import { newDetail } from '../../test/details.js';
import { hongKong, mainland } from '../../test/participants.js';
import { World, type Side } from '../../test/world.js';
import { alternativesTo } from './alternatives.js';

let world: World;
let hk: Side;
let cn: Side;
beforeAll(async () => {
  world = await World.create();
  [hk, cn] = await Promise.all([world.broker('hk', hongKong()), world.broker('cn', mainland())]);
});
afterAll(() => world.end());

const ask = (over: Record<string, unknown>): Promise<AssessAnswer> =>
  hk.bus.ask(assess, { detail: newDetail(world.trust, over) });
const recorded = (side: Side, flowId: string) =>
  side.db.query<unknown[]>('select 1 from assessment where flow_id = $1', [flowId]);

describe('a request whose mode is not lawful', () => {
  it('is offered the answers, where the record is more than its purpose needs', async () => {
    const { proceeds, refusal } = await ask({ items: ['enquiries'] });
    expect(proceeds).toBe(false);
    expect(refusal).toMatchObject({ code: 'request-not-lawful', rule: 'CN.PIPL.6' });
    expect(refusal?.offers).toEqual([{ mode: 'answer', items: ['few-enquiries'] }]);
  });

  it('can be made as it was offered, and then proceeds', async () => {
    const { refusal } = await ask({ items: ['enquiries'] });
    const [offer] = refusal?.offers ?? [];
    expect(await ask({ ...offer })).toMatchObject({ proceeds: true, refusal: null });
  });

  it('is offered no mode that either side would refuse as well', async () => {
    const { refusal } = await ask({ items: ['blood-type'] });
    expect(refusal).toMatchObject({ rule: 'CN.CRIR.14', offers: [] });
  });

  it('is offered to be carried, where no contract of the Bay reaches the holder, though not even answers may be sent', async () => {
    const { refusal } = await ask({ holder: 'hangzhou-credit' });
    expect(refusal).toMatchObject({ code: 'request-not-permitted-yet', reasons: ['valid-instrument'] });
    expect(refusal?.offers).toEqual([{ mode: 'verify', items: ['accounts', 'defaults'] }]);
    const { proceeds, acts } = await ask({ holder: 'hangzhou-credit', ...refusal?.offers?.[0] });
    expect([proceeds, acts]).toEqual([true, [{ kind: 'comparison', rules: ['PLAT.CARRY'] }]]);
  });

  it('is kept as it was asked; what is offered was assessed by both sides under its name', async () => {
    const detail = newDetail(world.trust, { items: ['enquiries'], request_id: randomUUID() });
    await hk.bus.ask(assess, { detail });
    expect(await recorded(hk, detail.request_id)).toHaveLength(2);
    expect(await recorded(cn, detail.request_id)).toHaveLength(2);
    const kept = await hk.db.query('select detail from assessed_flow where flow_id = $1', [detail.request_id]);
    expect(kept).toEqual([{ detail }]);
  });

  it('costs nothing where it is lawful', async () => {
    const said = await ask({});
    expect([said.proceeds, said.refusal]).toEqual([true, null]);
  });
});

describe('the alternatives to a mode', () => {
  const dataset = {
    modes: ['answer' as const, 'transfer' as const],
    answers: [{ id: 'few-enquiries', of: ['enquiries'] }] as never,
  };
  it('are the answers drawn from what was asked for, and back', () => {
    expect(alternativesTo({ mode: 'transfer', items: ['enquiries'] as never }, dataset)).toEqual([
      { mode: 'answer', items: ['few-enquiries'] },
    ]);
    expect(alternativesTo({ mode: 'answer', items: ['few-enquiries'] as never }, dataset)).toEqual([
      { mode: 'transfer', items: ['enquiries'] },
    ]);
    expect(alternativesTo({ mode: 'transfer', items: ['accounts'] as never }, dataset)).toEqual([]);
  });
});
