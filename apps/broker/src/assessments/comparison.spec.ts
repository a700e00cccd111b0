import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { assess } from '@bayway/contracts';
import { randomName } from '@bayway/envelope';
import type { Facts } from '@bayway/trust-rules';
import { newDetail } from '../../test/details.js';
import { HolderSide } from '../../test/holder-side.js';
import { hongKong, mainland } from '../../test/participants.js';
import { enrich, Partner, problemCode } from '../../test/partner.js';
import { counted, World, type Side } from '../../test/world.js';

let world: World;
let hk: Side;
let cn: Side;
let holder: HolderSide;
let bank: Partner;
beforeAll(async () => {
  world = await World.create();
  [hk, cn] = await Promise.all([world.broker('hk', hongKong()), world.broker('cn', mainland())]);
  holder = new HolderSide(world, cn);
  bank = new Partner(world, hk);
});
afterAll(() => world.end());

const carried = () => ({ salt: randomName(), fingerprint: randomName() });
async function agreed() {
  const detail = newDetail(world.trust, { mode: 'verify', holder: 'hangzhou-credit' });
  await hk.bus.ask(assess, { detail });
  const enriched = holder.agree(enrich(detail));
  return { detail: enriched, token: await bank.token(enriched) };
}
const factsOf = async (side: Side, flowId: string) =>
  (
    await side.db.query<{ facts: Facts; stage: string; outcome: string }[]>(
      'select facts, stage, outcome from assessment where flow_id = $1 order by made_at',
      [flowId],
    )
  ).map(({ facts, stage, outcome }) => ({
    channel: facts.channel,
    verify: facts.verify,
    data: facts.data,
    stage,
    outcome,
  }));

describe('a request in mode `verify`', () => {
  it('is decided as a comparison, which waits for her own action, and counts nobody', async () => {
    const { detail, token } = await agreed();
    const made = await bank.post(await bank.signedRequest(detail, { carried: carried() }), { token });
    expect([made.body.state, made.body.problem, made.body.refusal]).toEqual(['ready', null, null]);
    const facts = { channel: 'verify', data: undefined };
    const compared = (subjectInitiated: boolean) => ({ subjectInitiated, salted: true, contentCrosses: false });
    for (const side of [hk, cn])
      expect(await factsOf(side, detail.request_id)).toEqual([
        { ...facts, verify: compared(false), stage: 'ask', outcome: 'hold' },
        { ...facts, verify: compared(true), stage: 'release', outcome: 'permit' },
      ]);
    expect(await cn.db.query('select 1 from counter_reservation')).toEqual([]);
  });

  it.each([
    ['without a fingerprint', { mode: 'verify', holder: 'hangzhou-credit' }, {}],
    ['for the record itself with one', {}, { carried: carried() }],
  ])('is refused %s, and nothing is stored', async (_name, over, claims) => {
    const detail = newDetail(world.trust, over);
    await hk.bus.ask(assess, { detail });
    const enriched = holder.agree(enrich(detail));
    const before = await counted(hk.db, 'data_request', 'outbox');
    const reply = await bank.post(await bank.signedRequest(enriched, claims), { token: await bank.token(enriched) });
    expect([reply.status, problemCode(reply)]).toEqual([400, 'request-fingerprint-missing']);
    expect(await counted(hk.db, 'data_request', 'outbox')).toEqual(before);
  });
});
