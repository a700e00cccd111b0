import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { assess, assessPeer, AssessmentClaims, type AssessAnswer } from '@bayway/contracts';
import { canonicalDigest, signMessage, verify } from '@bayway/envelope';
import { BorderGate, Bus } from '@bayway/service';
import type { Facts } from '@bayway/trust-rules';
import { newDetail } from '../../test/details.js';
import { hongKong, mainland } from '../../test/participants.js';
import { codeOf, counted, World, type Side } from '../../test/world.js';
import { judge } from './assessment.js';
import { importerPart } from './parts.js';

let world: World;
let hk: Side;
let cn: Side;
beforeAll(async () => {
  world = await World.create();
  [hk, cn] = await Promise.all([world.broker('hk', hongKong()), world.broker('cn', mainland())]);
});
afterAll(() => world.end());

const detail = (over?: Record<string, unknown>) => newDetail(world.trust, over);
const ask = (side: Side, over?: Record<string, unknown>, subject?: object): Promise<AssessAnswer> =>
  side.bus.ask(assess, { detail: detail(over), ...(subject ? { subject: subject as never } : {}) });

describe('broker.assess.v1', () => {
  it('lets a lawful request go on: both sides sign, the acts of both laws are asked for', async () => {
    const routed = detail();
    const answer = await hk.bus.ask(assess, { detail: routed });
    expect(answer).toMatchObject({ proceeds: true, refusal: null, level: 3, dropped: [] });
    expect(answer.acts.map(({ kind }) => kind).sort()).toEqual(['other-handler', 'overseas', 'sensitive', 'written']);
    expect([answer.holder.id, answer.recipient.id]).toEqual(['pengwan-credit', 'tsing-wan-bank']);
    expect(answer.items.map(({ id, sensitive }) => [id, sensitive])).toEqual([
      ['accounts', true],
      ['defaults', true],
    ]);
    const keys = await world.trust.directory();
    for (const [jws, by] of [
      [answer.own, 'hk/broker'],
      [answer.peer ?? '', 'cn/broker'],
    ] as const) {
      const claims = await verify(jws, { type: 'assessment', schema: AssessmentClaims, by, keys, at: new Date() });
      expect(claims).toMatchObject({ iss: by, stage: 'ask', proceeds: true, requestDigest: canonicalDigest(routed) });
    }
  });

  it('answers the exporter’s services too, with the subject’s facts, which do not cross', async () => {
    const routed = detail();
    const answer = await cn.bus.ask(assess, { detail: routed, subject: { kind: 'person', bornOn: '2020-02-01' } });
    expect(answer.acts.map(({ kind }) => kind)).toContain('guardian');
    const facts = async (side: Side): Promise<Facts[]> =>
      (
        await side.db.query<{ facts: Facts }[]>('select facts from assessment where flow_id = $1', [routed.request_id])
      ).map((r) => r.facts);
    expect((await facts(cn)).map((f) => f.subject)).toEqual([{ bornOn: '2020-02-01' }]);
    expect(JSON.stringify(await facts(hk))).not.toContain('2020-02-01');
    expect((await facts(hk)).map((f) => f.subject)).toEqual([undefined]);
  });

  it('drops what the law keeps back and goes on with the rest', async () => {
    const answer = await ask(hk, { items: ['accounts'], optional_items: ['blood-type'] });
    expect(answer.proceeds).toBe(true);
    expect(answer.items.map(({ id, optional }) => [id, optional])).toEqual([['accounts', false]]);
    expect(answer.dropped.map(({ id, optional }) => [id, optional])).toEqual([['blood-type', true]]);
  });

  it('refuses with rule and article what her consent cannot cure', async () => {
    const answer = await ask(hk, { holder: 'hangzhou-credit' });
    expect(answer.proceeds).toBe(false);
    expect(answer.refusal).toMatchObject({
      code: 'request-not-permitted-yet',
      jurisdiction: 'cn',
      reasons: ['valid-instrument'],
    });
    expect(answer.refusal?.rule).toMatch(/^CN\./);
    expect(answer.refusal?.article).toMatch(/art/);
  });

  it('refuses what no consent can make lawful', async () => {
    const answer = await ask(hk, { items: ['blood-type'] });
    expect(answer.refusal).toMatchObject({ code: 'request-not-lawful', rule: 'CN.CRIR.14', jurisdiction: 'cn' });
  });

  it('assesses a request inside one jurisdiction alone', async () => {
    const answer = await ask(hk, {
      exporter: 'hk',
      holder: 'kowloon-school',
      dataset: 'degree-certificate',
      items: ['degree'],
      purpose: { code: 'school-admission' },
    });
    expect(answer).toMatchObject({ proceeds: true, peer: null, level: 2 });
  });

  it('keeps what it decided over, so that anyone can decide again', async () => {
    const routed = detail();
    await hk.bus.ask(assess, { detail: routed });
    for (const [side, me] of [
      [hk, 'hk'],
      [cn, 'cn'],
    ] as const) {
      const rows = await side.db.query<{ facts: Facts; jws: string; pack_digest: string; facts_digest: string }[]>(
        'select * from assessment where flow_id = $1',
        [routed.request_id],
      );
      expect(rows).toHaveLength(1);
      const [{ facts, jws, pack_digest, facts_digest }] = rows as [(typeof rows)[0]];
      const keys = await world.trust.directory();
      const signed = await verify(jws, {
        type: 'assessment',
        schema: AssessmentClaims,
        by: `${me}/broker`,
        keys,
        at: new Date(),
      });
      const again = judge(facts, { stage: 'ask', requestDigest: signed.requestDigest, me, at: new Date() }).claims;
      expect({ ...again, jti: signed.jti, iat: signed.iat }).toEqual(signed);
      expect([signed.pack.digest, signed.factsDigest]).toEqual([pack_digest, facts_digest]);
    }
  });

  it.each([
    ['an unknown holder', { holder: 'nobody-credit' }, 'participant-unknown'],
    ['an unknown dataset', { dataset: 'horoscope' }, 'dataset-unknown'],
    ['an unknown item', { items: ['accounts', 'star-sign'] }, 'item-unknown'],
    ['a mode that is not offered', { mode: 'verify' }, 'mode-not-offered'],
    ['an unknown recipient', { recipient: 'nobody-bank' }, 'participant-unknown'],
    ['a suspended recipient', { recipient: 'closed-bank' }, 'participant-suspended'],
    ['a recipient key that is not in the directory', { recipient_key: 'A'.repeat(43) }, 'recipient-key-unknown'],
    ['a transit', { importer: 'mo' }, 'transit-refused'],
    ['a day that is past', { valid_until: '2020-01-31' }, 'request-invalid'],
  ])('refuses %s and stores nothing', async (_name, over, code) => {
    const tables = ['assessment', 'assessed_flow', 'outbox', 'evidence_record'];
    const before = [await counted(hk.db, ...tables), await counted(cn.db, ...tables)];
    expect(await codeOf(ask(hk, over))).toBe(code);
    expect([await counted(hk.db, ...tables), await counted(cn.db, ...tables)]).toEqual(before);
  });

  it('says that the other side does not answer', async () => {
    expect(await codeOf(ask(hk, { exporter: 'mo', holder: 'macao-credit' }))).toBe('border-unreachable');
  });
});

describe('broker.assess-peer.v1', () => {
  const party = () => ({ ...hongKong().parties[0], kind: 'bank' }) as never;
  const question = (over: Record<string, unknown> = {}, inDetail: Record<string, unknown> = {}) => {
    const routed = detail(inDetail);
    const facts = importerPart({ place: 'HK', kind: 'bank', sector: 'banking', role: 'independent' } as never);
    return {
      stage: 'ask' as const,
      detail: routed,
      requestDigest: canonicalDigest(routed),
      facts,
      party: party(),
      ...over,
    };
  };
  const send = (body: unknown): Promise<unknown> =>
    hk.running.app.get(BorderGate).ask(hk.running.app.get(Bus), assessPeer, { to: 'cn', body: body as never });

  it('answers the importer’s broker', async () => {
    expect(await codeOf(send(question()))).toBe('accepted');
  });

  it.each([
    ['for another digest', () => question({ requestDigest: 'A'.repeat(43) }), 'assessment-invalid'],
    ['at the stage of release', () => question({ stage: 'release' }), 'assessment-invalid'],
    [
      'with more facts than the importer may state',
      () => question({ facts: { ...question().facts, consent: { given: true } } }),
      'request-invalid',
    ],
    [
      'with facts of another party than the one shown',
      () => question({ facts: { importer: { place: 'MO', kind: 'bank', role: 'independent' } } }),
      'request-invalid',
    ],
    ['from a third jurisdiction', () => question({}, { importer: 'mo' }), 'transit-refused'],
    ['of another shape', () => ({ ...question(), more: 1 }), 'request-invalid'],
  ])('refuses a question %s', async (_name, make, code) => {
    const before = await counted(cn.db, 'assessment', 'outbox');
    expect(await codeOf(send(make()))).toBe(code);
    expect(await counted(cn.db, 'assessment', 'outbox')).toEqual(before);
  });

  it('is answered at the border only, to a signed message', async () => {
    const jws = await signMessage(
      world.trust.key('hk/consent', 'sig'),
      { from: 'hk', to: 'cn', subject: assessPeer.subject },
      { data: question(), at: new Date() },
    );
    expect(await codeOf(hk.bus.request(`border.cn.${assessPeer.subject}`, jws))).toBe('signer-not-allowed');
    expect(await codeOf(cn.bus.request(assessPeer.subject, question()))).toBe('service-unavailable');
  });
});
