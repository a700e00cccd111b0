import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { assess, consentEnded, endAcknowledged, grantEnded, releaseReceipted } from '@bayway/contracts';
import type { EnrichedDetail } from '@bayway/domain';
import { newDetail } from '../../test/details.js';
import { HolderSide } from '../../test/holder-side.js';
import { enrich, Partner, type Token } from '../../test/partner.js';
import { hongKong } from '../../test/participants.js';
import { takes, until, World, type Side } from '../../test/world.js';

let world: World;
let hk: Side;
let holder: HolderSide;
let bank: Partner;
const told: string[] = [];

beforeAll(async () => {
  world = await World.create();
  hk = await world.broker('hk', hongKong());
  holder = new HolderSide(world, hk, 'hk');
  bank = new Partner(world, hk);
  takes(hk.bus, releaseReceipted, {
    as: 'connector.kowloon-school',
    take: ({ dataRequestId }) => void told.push(`receipted ${dataRequestId}`),
  });
  takes(hk.bus, grantEnded, { as: 'identity', take: ({ consentId }) => void told.push(`grant ${consentId}`) });
  takes(hk.bus, endAcknowledged, { as: 'consent', take: ({ consentId, by }) => void told.push(`${by} ${consentId}`) });
});
afterAll(() => world.end());

const school = {
  exporter: 'hk',
  holder: 'kowloon-school',
  dataset: 'degree-certificate',
  items: ['degree'],
  purpose: { code: 'school-admission' },
};
async function agreed(): Promise<{ detail: EnrichedDetail; token: Token }> {
  const routed = newDetail(world.trust, school);
  expect((await hk.bus.ask(assess, { detail: routed })).proceeds).toBe(true);
  const detail = holder.agree(enrich(routed));
  return { detail, token: await bank.token(detail) };
}

describe('a request inside one jurisdiction', () => {
  it('takes the same path without the border', async () => {
    const { detail, token } = await agreed();
    const made = await bank.post(await bank.signedRequest(detail), { token });
    expect([made.status, made.body.state, made.body.problem]).toEqual([201, 'ready', null]);
    const { id } = made.body;
    const record = await bank.call('GET', `/data-requests/${id}/record`, { token });
    expect(record.bytes.toString() === holder.ciphertexts.get(id)).toBe(true);
    const receipt = await bank.receipt({
      dataRequestId: id,
      ciphertextDigest: made.body.record?.ciphertextDigest ?? '',
    });
    expect((await bank.call('POST', `/data-requests/${id}/receipt`, { token, body: { receipt } })).body.state).toBe(
      'receipted',
    );
    await until(() => told.includes(`receipted ${id}`));
    const [order] = holder.orders;
    expect(order?.importerAssessment).not.toBe(order?.exporterAssessment);
    expect(await hk.db.query("select 1 from outbox where subscriber like 'peer:%'")).toEqual([]);
    // Whoever is not sent abroad is not counted.
    expect(await hk.db.query('select 1 from counted_person')).toEqual([]);
  });

  it('is ended by a withdrawal in the same way', async () => {
    const { detail, token } = await agreed();
    const made = (await bank.post(await bank.signedRequest(detail), { token })).body;
    const { consent_id: consentId, importer, exporter, holder, recipient, request_id: flowId } = detail;
    const between = { importer, exporter, holder, recipient, flowId };
    const data = { consentId, state: 'withdrawn', at: new Date().toISOString(), ...between };
    await hk.bus.request(`${consentEnded.subject}.to.broker`, [{ id: randomUUID(), data }]);
    await until(() => told.includes(`grant ${consentId}`) && told.includes(`recipient ${consentId}`));
    expect((await bank.call('GET', `/data-requests/${made.id}`, { token })).body).toMatchObject({
      state: 'ended',
      problem: 'consent-withdrawn',
    });
  });
});
