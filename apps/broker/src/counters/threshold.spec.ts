import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { assess } from '@bayway/contracts';
import { bayDay, type EnrichedDetail } from '@bayway/domain';
import { digestOf } from '@bayway/envelope';
import { newDetail } from '../../test/details.js';
import { HolderSide } from '../../test/holder-side.js';
import { enrich, Partner } from '../../test/partner.js';
import { hongKong, mainland } from '../../test/participants.js';
import { World, type Side } from '../../test/world.js';

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
}, 120_000);
afterAll(() => world.end());

async function agreed(person: string): Promise<EnrichedDetail> {
  const routed = newDetail(world.trust);
  await hk.bus.ask(assess, { detail: routed });
  return holder.agree(enrich(routed), { countedAs: digestOf(person) });
}
async function outcome(detail: EnrichedDetail): Promise<string> {
  const made = await bank.post(await bank.signedRequest(detail), { token: await bank.token(detail), wait: 10 });
  const { body } = await bank.call('GET', `/data-requests/${made.body.id}`, {
    token: await bank.token(detail),
    headers: { prefer: 'wait=10' },
  });
  return body.problem ?? body.state;
}
const people = async (): Promise<number> => {
  const sql = "select people from yearly_counter where holder = 'pengwan-credit' and class = 'sensitive'";
  return ((await cn.db.query(sql)) as [{ people: number }])[0].people;
};

describe('requests that come at once just below a threshold of the law', () => {
  it('are let through as far as there is room; who is refused is not counted; who is counted may come again', async () => {
    const year = Number(bayDay(new Date()).slice(0, 4));
    await cn.db.query("insert into yearly_counter values ('pengwan-credit', $1, 'sensitive', 9995)", [year]);
    await cn.db.query(
      `insert into counted_person select 'pengwan-credit', $1, 'sensitive', lpad(n::text, 43, '-')
        from generate_series(1, 9995) n`,
      [year],
    );
    const persons = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const details = await Promise.all(persons.map(agreed));
    const again = await Promise.all(persons.map(agreed));
    const outcomes = await Promise.all(details.map(outcome));
    // 9,999 is under 10,000 (CBDF provisions 7 and 8); from there the volume under a GBA contract is for a person to decide.
    expect([...outcomes].sort()).toEqual([...Array(4).fill('ready'), ...Array(4).fill('request-needs-review')]);
    expect(await people()).toBe(9_999);
    for (const [i, detail] of again.entries()) expect(await outcome(detail)).toBe(outcomes[i]);
    expect(await people()).toBe(9_999);
    const unconfirmed = 'select 1 from counter_reservation where not confirmed and freed_at is null';
    expect(await cn.db.query(unconfirmed)).toEqual([]);
  }, 180_000);
});
