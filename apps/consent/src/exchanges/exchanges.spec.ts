import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DomainError, makeBundle, refusedRequests, requestEvidence, toProblem, type Contract } from '@bayway/contracts';
import { canonicalDigest, randomName } from '@bayway/envelope';
import { problemIn, World, type Resident } from '../../test/world.js';

let world: World;
let her: Resident;
let consentId: string;
const dataRequestId: string = randomUUID();
const at = new Date().toISOString();
const asked: unknown[] = [];

const parts = {
  objects: { request: 'r.e.q', importerAssessment: 'a.s.s' },
  refusal: { dataRequestId, by: 'exporter', outcome: 'refused', problem: 'consent-withdrawn' },
  records: { importer: [], exporter: [{ record: { type: 'request.refused' }, salt: randomName() }] },
};

/** Broker and evidence as the contracts have them. */
function answers(contract: Contract, answer: (data: never) => unknown): void {
  world.bus.connection.subscribe(contract.subject, {
    callback: (_error, message) => {
      const { id, data } = message.json<{ id: string; data: never }>();
      try {
        message.respond(JSON.stringify({ id, response: answer(data), isDisposed: true }));
      } catch (error) {
        message.respond(JSON.stringify({ id, err: toProblem(error as DomainError), isDisposed: true }));
      }
    },
  });
}

beforeAll(async () => {
  world = await World.start();
  her = world.resident();
  ({ consentId } = await her.consent());
  answers(refusedRequests, () => ({ items: [{ dataRequestId, at, outcome: 'refused' }] }));
  answers(requestEvidence, (data: { dataRequestId: string }) => {
    asked.push(data);
    if (data.dataRequestId !== dataRequestId) throw new DomainError('data-request-not-found');
    return parts;
  });
  answers(makeBundle, (data) => ({ bundle: JSON.stringify({ made: canonicalDigest(data) }) }));
  await world.bus.connection.flush();
}, 120_000);
afterAll(() => world.stop());

const evidence = (request = dataRequestId, of = consentId, as = her) =>
  as.call('GET', `/me/consents/${of}/exchanges/${request}/evidence`);

describe('GET /me/consents/:id/refusals', () => {
  it('is what was refused under her consent', async () => {
    const { status, body } = await her.call('GET', `/me/consents/${consentId}/refusals`);
    expect([status, body]).toEqual([200, { items: [{ dataRequestId, at, outcome: 'refused' }] }]);
  });

  it('deny: another’s consent, one that is not there, no token', async () => {
    const other = world.resident();
    for (const id of [consentId, randomUUID()])
      expect(problemIn(await other.call('GET', `/me/consents/${id}/refusals`))).toBe('consent-not-found');
    const bare = await her.call('GET', `/me/consents/${consentId}/refusals`, { scope: 'openid' });
    expect(problemIn(bare)).toBe('access-denied');
  });
});

describe('GET /me/consents/:id/exchanges/:request/evidence', () => {
  it('is the file that evidence made of the parts of both brokers, byte for byte', async () => {
    const { status, body } = await evidence();
    expect([status, body]).toEqual([200, { made: canonicalDigest(parts) }]);
    expect(asked).toEqual([{ consentId, dataRequestId }]);
  });

  it('deny: another’s consent, a request of no consent of hers, no id; nobody is asked for another’s', async () => {
    const before = asked.length;
    expect(problemIn(await evidence(dataRequestId, consentId, world.resident()))).toBe('consent-not-found');
    expect(problemIn(await evidence('not-an-id'))).toBe('request-invalid');
    expect(asked).toHaveLength(before);
    expect(problemIn(await evidence(randomUUID()))).toBe('data-request-not-found');
  });
});
