import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { assess, DomainError, type ExchangeEvidence } from '@bayway/contracts';
import { inTransaction, noteConsentEnd, SaltRetention } from '@bayway/service';
import { newDetail } from '../../test/details.js';
import { HolderSide } from '../../test/holder-side.js';
import { enrich, Partner, problemCode, type Token } from '../../test/partner.js';
import { hongKong, mainland } from '../../test/participants.js';
import { until, World, type Side } from '../../test/world.js';
import { BrokerRetention } from './broker-retention.service.js';

type Row = { type: string; salt: string | null; commitment: string; record: Record<string, unknown> };
type Asked = { id: string; consentId: string; flowId: string; token: Token };

const LONG_AGO = new Date(Date.now() - 7.1 * 365.25 * 86_400_000).toISOString();

let world: World;
let hk: Side;
let cn: Side;
let bank: Partner;
let holder: HolderSide;
let old: Asked;
let young: Asked;

/** A request that is receipted, or refused by the holder. */
async function asked(trouble?: 'record-not-found'): Promise<Asked> {
  const routed = newDetail(world.trust);
  await hk.bus.ask(assess, { detail: routed });
  const detail = holder.agree(enrich(routed));
  if (trouble) holder.troubles.push(new DomainError(trouble));
  const token = await bank.token(detail);
  const { body } = await bank.post(await bank.signedRequest(detail), { token });
  const { id } = body;
  if (!trouble) {
    await bank.call('GET', `/data-requests/${id}/record`, { token });
    const receipt = await bank.receipt({ dataRequestId: id, ciphertextDigest: body.record?.ciphertextDigest ?? '' });
    await bank.call('POST', `/data-requests/${id}/receipt`, { token, body: { receipt } });
  }
  await until(async () => (await bank.call('GET', `/data-requests/${id}/evidence`, { token })).status === 200);
  return { id, consentId: detail.consent_id, flowId: detail.request_id, token };
}

const rows = (side: Side, { id, consentId, flowId }: Asked): Promise<Row[]> =>
  side.db.query(
    `select type, salt, commitment, record from evidence_record where type <> 'salts.destroyed' and
       (record->>'dataRequestId' = $1 or record->>'consentId' = $2 or record->>'flowId' = $3) order by recorded_at, id`,
    [id, consentId, flowId],
  );

const retention = (side: Side) => side.running.app.get<SaltRetention>(BrokerRetention);

beforeAll(async () => {
  world = await World.create();
  [hk, cn] = await Promise.all([world.broker('hk', hongKong()), world.broker('cn', mainland())]);
  holder = new HolderSide(world, cn);
  bank = new Partner(world, hk);
  [old, young] = [await asked(), await asked()];
}, 120_000);
afterAll(() => world.end());

const end = (side: Side, { consentId }: Asked, at: string): Promise<void> =>
  inTransaction(side.db, (tx) => noteConsentEnd(tx, consentId, at));

describe('salts of an ended consent', () => {
  it('are destroyed by both brokers, each of its own records, and attested; the commitments stay what they were', async () => {
    for (const side of [hk, cn]) {
      await end(side, old, LONG_AGO);
      await end(side, young, new Date().toISOString());
      const [before, untouched] = [await rows(side, old), await rows(side, young)];
      expect(before.length).toBeGreaterThanOrEqual(4);
      expect(before.every(({ salt }) => salt !== null)).toBe(true);
      expect([await retention(side).work(), await retention(side).work()]).toEqual([1, 0]);
      expect(await rows(side, old)).toEqual(before.map((row) => ({ ...row, salt: null })));
      expect(await rows(side, young)).toEqual(untouched);
      const attested: Row[] = await side.db.query(
        "select record, salt from evidence_record where type = 'salts.destroyed'",
      );
      expect(attested.map(({ record }) => ({ ...record, at: '', type: '' }))).toEqual([
        { ended: old.consentId, salts: before.length, at: '', type: '' },
        { ended: old.consentId, requests: [old.id], at: '', type: '' },
        { ended: old.consentId, flows: [old.flowId], at: '', type: '' },
      ]);
      expect(attested.every(({ salt }) => salt !== null)).toBe(true);
    }
  });

  it('leave nothing that opens a commitment: the evidence of that exchange cannot be put together any more', async () => {
    const { body } = await bank.call('GET', `/data-requests/${old.id}/evidence`, { token: old.token });
    const { records } = body as unknown as ExchangeEvidence;
    const about = [...records.importer, ...records.exporter].map(({ record }) => record);
    expect(about.filter(({ dataRequestId, flowId }) => dataRequestId === old.id || flowId === old.flowId)).toEqual([]);
    const refused = await asked('record-not-found');
    await end(hk, refused, LONG_AGO);
    expect(await retention(hk).work()).toBe(1);
    const reply = await bank.call('GET', `/data-requests/${refused.id}/evidence`, { token: refused.token });
    expect([reply.status, problemCode(reply)]).toEqual([410, 'evidence-incomplete']);
  });

  it('deny: before seven years, for fewer years, of a consent that has not ended, or twice', async () => {
    const destroy = (consent: string, years: number) =>
      hk.db.query('select destroy_salts($1, $2, $3, $4)', [consent, years, [young.id], []]);
    await expect(destroy(young.consentId, 7)).rejects.toThrow('are kept');
    await expect(destroy(young.consentId, 0)).rejects.toThrow('are kept');
    await expect(destroy(young.id, 7)).rejects.toThrow('are kept');
    await expect(destroy(old.consentId, 7)).rejects.toThrow('are kept');
    expect((await rows(hk, young)).every(({ salt }) => salt !== null)).toBe(true);
    await expect(hk.db.query('update evidence_record set salt = null')).rejects.toThrow('permission denied');
  });
});
