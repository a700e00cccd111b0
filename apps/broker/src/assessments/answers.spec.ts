import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { assess, releaseRecord, SignedRequestClaims, type AssessAnswer } from '@bayway/contracts';
import type { Facts } from '@bayway/trust-rules';
import { decodeJwt } from 'jose';
import { newDetail } from '../../test/details.js';
import { HolderSide } from '../../test/holder-side.js';
import { hongKong, mainland } from '../../test/participants.js';
import { enrich, Partner, problemCode } from '../../test/partner.js';
import { counted, World, type Side } from '../../test/world.js';

let world: World;
let hk: Side;
let holder: HolderSide;
let bank: Partner;
beforeAll(async () => {
  world = await World.create();
  const sides = await Promise.all([world.broker('hk', hongKong()), world.broker('cn', mainland())]);
  hk = sides[0];
  holder = new HolderSide(world, sides[1]);
  bank = new Partner(world, hk);
});
afterAll(() => world.end());

const asked = (over: Record<string, unknown> = {}) =>
  newDetail(world.trust, { mode: 'answer', items: ['no-default-24-months'], ...over });
const ask = (over: Record<string, unknown> = {}): Promise<AssessAnswer> => hk.bus.ask(assess, { detail: asked(over) });

describe('a request for answers', () => {
  it('is assessed as the transfer of what the answers say, and shows her the questions', async () => {
    const detail = asked();
    const said = await hk.bus.ask(assess, { detail });
    expect(said).toMatchObject({ proceeds: true, refusal: null });
    expect(said.items).toEqual([expect.objectContaining({ id: 'no-default-24-months', sensitive: true })]);
    const [row] = await hk.db.query<{ facts: Facts }[]>('select facts from assessment where flow_id = $1', [
      detail.request_id,
    ]);
    expect(row?.facts.data?.items).toEqual([
      { id: 'no-default-24-months', category: 'credit-report', necessary: true, sensitive: true },
    ]);
  });

  it('leaves out an answer of a category that must not be given, as it would the item', async () => {
    const said = await ask({ optional_items: ['blood-type-a'] });
    expect(said.dropped).toEqual([expect.objectContaining({ id: 'blood-type-a' })]);
  });

  it.each([
    ['an item where only answers are asked for', { items: ['defaults'] }],
    ['an answer that nobody declared', { items: ['no-default-25-months'] }],
    ['an answer where the record is asked for', { mode: 'transfer' }],
  ])('refuses %s and stores nothing', async (_name, over) => {
    const before = await counted(hk.db, 'assessment', 'assessed_flow', 'outbox');
    await expect(ask(over)).rejects.toMatchObject({ code: 'item-unknown' });
    expect(await counted(hk.db, 'assessment', 'assessed_flow', 'outbox')).toEqual(before);
  });

  it('reaches the connector as what it is, and not as another mode than she allowed', async () => {
    const detail = asked();
    await hk.bus.ask(assess, { detail });
    const enriched = holder.agree(enrich(detail));
    const token = await bank.token(enriched);
    const other = await bank.post(await bank.signedRequest(enriched, { mode: 'transfer' }), { token });
    expect([other.status, problemCode(other)]).toEqual([403, 'consent-mismatch']);
    const made = await bank.post(await bank.signedRequest(enriched), { token });
    expect([made.body.state, made.body.problem]).toEqual(['ready', null]);
    const order = releaseRecord.request.parse(holder.orders.at(-1));
    const claims = SignedRequestClaims.parse(decodeJwt(order.signedRequest));
    expect(claims).toMatchObject({ mode: 'answer', items: ['no-default-24-months'] });
  });
});
