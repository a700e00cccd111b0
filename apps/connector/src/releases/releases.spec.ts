import { randomUUID } from 'node:crypto';
import { readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  audienceOf,
  consentEnded,
  DomainError,
  ReleaseClaims,
  releaseEvidence,
  releaseReceipted,
  SignedRequestClaims,
  type ReleaseSummary,
} from '@bayway/contracts';
import { digestOf, epochSeconds, openRecord, sign, verify, type RecordClaims } from '@bayway/envelope';
import { Keys } from '@bayway/service';
import { decodeJwt } from 'jose';
import { CANARY } from '../../test/holder-system.js';
import { BANK, codeOf, HOLDER, World, type OrderOver } from '../../test/world.js';
import type { Order } from './orders.service.js';
import { Sweeper } from './sweeper.js';

let world: World;
beforeAll(async () => {
  world = await World.create();
});
afterAll(() => world.end());
beforeEach(() => world.reset());

const files = () => readdir(world.staging);
const requestOf = (order: Order) => SignedRequestClaims.parse(decodeJwt(order.signedRequest));
const opened = async (ciphertext: string): Promise<{ record: RecordClaims; signed: string }> => {
  const trust = { by: `cn/participant/${HOLDER}`, keys: await world.trust.directory(), at: new Date() };
  return openRecord(ciphertext, world.trust.key(BANK, 'enc'), trust);
};
const evidence = async (order: Order): Promise<{ type: string; cause?: string }[]> =>
  (
    await world.db.query<{ record: { type: string; cause?: string } }[]>(
      "select record from evidence_record where record->>'dataRequestId' = $1 order by recorded_at",
      [order.dataRequestId],
    )
  ).map(({ record: { type, cause } }) => ({ type, ...(cause ? { cause } : {}) }));
const counts = async () => {
  const sql = `select (select count(*)::int from release) releases, (select count(*)::int from outbox) outbox,
    (select count(*)::int from evidence_record) evidence`;
  return { ...(await world.db.query<object[]>(sql))[0], files: (await files()).length };
};
/** Refused with this code, and nothing at all has changed. */
async function refused(work: () => Promise<unknown>, code: string): Promise<void> {
  const before = await counts();
  expect(await codeOf(work())).toBe(code);
  expect(await counts()).toEqual(before);
}

describe('connector.release.v1', () => {
  it('signs, encrypts and stages what was permitted, and nothing else leaves memory', async () => {
    const order = await world.order();
    const release = await world.release(order);
    const ciphertext = await world.fetch(order.dataRequestId);
    expect(release).toMatchObject({ ciphertextDigest: digestOf(ciphertext), size: ciphertext.length, chunks: 1 });
    const request = requestOf(order);
    const { record } = await opened(ciphertext);
    expect(record).toMatchObject({
      ...{ iss: HOLDER, sub: request.subject_handle, consentId: request.consent_id, dataset: 'credit-report' },
      ...{ requestDigest: digestOf(order.signedRequest), left_out: [] },
      conditions: [{ code: 'recipient-records', due: 'P3Y', rule: 'GBA.HK.C3' }],
    });
    expect(record.items['subject-name' as never]).toEqual({ name: '陳美怡', year_of_birth: 1988 });
    expect(record.items['accounts' as never]).toEqual([
      { account: 1, lender: CANARY, opened_on: '2020-02-29', balance: '1234.50' },
      { account: 2, lender: CANARY, opened_on: '2024-05-01', balance: '0.00' },
    ]);
    // A default that ended more than five years ago is not passed on, and nothing says that there was one (CRIR 16).
    expect((record.items['defaults' as never] as { amount: string }[]).map(({ amount }) => amount)).toEqual([
      '100.00',
      '200.00',
    ]);
    expect(await evidence(order)).toEqual([{ type: 'release.made' }]);
    const told = await world.db.query<{ data: { release: ReleaseSummary } }[]>(
      "select data from outbox where subject = 'connector.record-released.v1' and aggregate = $1",
      [order.dataRequestId],
    );
    expect(told.map(({ data }) => data.release)).toEqual([release, release]);
  });

  it('leaves a statement of the holder for the evidence: digests, and nothing of the record', async () => {
    const order = await world.order();
    const { permit, ciphertextDigest } = await world.release(order);
    const ask = (dataRequestId: string) =>
      world.bus.ask(releaseEvidence, { dataRequestId } as never, { address: HOLDER });
    const answer = await ask(order.dataRequestId);
    const trust = { by: `cn/participant/${HOLDER}`, keys: await world.trust.directory(), at: new Date() };
    const claims = await verify(answer.release, { type: 'release', schema: ReleaseClaims, ...trust });
    const recordDigest = digestOf((await opened(await world.fetch(order.dataRequestId))).signed);
    expect(claims).toMatchObject({
      ...{ iss: HOLDER, dataRequestId: order.dataRequestId, requestDigest: digestOf(order.signedRequest) },
      ...{ permitDigest: digestOf(permit), ciphertextDigest, recordDigest },
    });
    expect(answer.permit).toBe(permit);
    expect(answer.records.map(({ record }) => [record['type'], record['releaseDigest']])).toEqual([
      ['release.made', digestOf(answer.release)],
    ]);
    expect(await codeOf(ask(randomUUID()))).toBe('data-request-not-found');
  });

  it('stages for its own user only, and never in the clear', async () => {
    const order = await world.order();
    await world.release(order);
    const [{ file }] = (await world.db.query('select file from release where data_request_id = $1', [
      order.dataRequestId,
    ])) as [{ file: string }];
    expect((await stat(join(world.staging, file))).mode & 0o777).toBe(0o600);
    expect((await stat(world.staging)).mode & 0o777).toBe(0o700);
    const everything =
      JSON.stringify(await world.db.query('select * from release, evidence_record, outbox')) +
      (await readFile(join(world.staging, file), 'utf8'));
    for (const form of [
      CANARY,
      Buffer.from(CANARY).toString('base64').slice(0, 16),
      Buffer.from(CANARY).toString('hex'),
      '陳美怡',
    ])
      expect(everything).not.toContain(form);
  });

  it('gives the same release for the same order, at once, later and after a restart', async () => {
    const order = await world.order();
    const [first, second] = await Promise.all([world.release(order), world.release(order)]);
    await world.running.stop();
    await world.start();
    expect(second).toEqual(first);
    expect(await world.release(order)).toEqual(first);
    // Leave is asked for exactly the items of the signed request: consent refuses any that she left out.
    expect(world.asked).toMatchObject([{ items: requestOf(order).items }]);
    expect((await evidence(order)).length).toBe(1);
  });

  it('asks for leave again when it was killed before staging, and releases once', async () => {
    const order = await world.order();
    const stray = join(world.staging, `${'x'.repeat(43)}.jose`);
    await writeFile(stray, 'ciphertext of a release that never was');
    await utimes(stray, new Date(0), new Date(0));
    await world.release(order);
    await world.running.app.get(Sweeper).sweep();
    expect(await files()).not.toContain(`${'x'.repeat(43)}.jose`);
    expect(await world.fetch(order.dataRequestId)).not.toBe('');
  });

  it('leaves out what either side’s rules leave out, with the rule', async () => {
    const dropped = (item: string) => ({ droppedItems: [{ item, rule: 'CN.PIPL.6' }] });
    const order = await world.order({ importerClaims: dropped('accounts'), exporterClaims: dropped('defaults') });
    await world.release(order);
    const { record } = await opened(await world.fetch(order.dataRequestId));
    expect(Object.keys(record.items)).toEqual(['subject-name']);
    expect(record.left_out).toEqual([
      { item: 'accounts', rule: 'CN.PIPL.6' },
      { item: 'defaults', rule: 'CN.PIPL.6' },
    ]);
  });

  it('passes a large record on in pieces', async () => {
    const order = await world.order({ request: { items: ['bulk'] } });
    const release = await world.release(order);
    expect(release.chunks).toBeGreaterThan(2);
    const { record } = await opened(await world.fetch(order.dataRequestId));
    expect(record.items['bulk' as never]).toHaveLength(600);
    const beyond = world.bus.request(`connector.chunk.v1.${HOLDER}`, {
      dataRequestId: order.dataRequestId,
      index: release.chunks,
    });
    expect(await codeOf(beyond)).toBe('data-request-ended');
  });

  it('finds the record under whichever document the holder knows', async () => {
    world.documents = [
      { kind: 'hkid', number: 'Z0000000' },
      { kind: 'home-return-permit', number: 'h12345678(03)' },
    ];
    expect(await codeOf(world.release(await world.order()))).toBe('accepted');
  });
});

describe('an order that is refused and changes nothing', () => {
  const at = epochSeconds(new Date());
  it.each<[string, OrderOver, string]>([
    ['for another holder', { request: { holder: 'other-credit' } }, 'participant-unknown'],
    ['for another exporter', { request: { exporter: 'mo' } }, 'participant-unknown'],
    ['for an unknown dataset', { request: { dataset: 'horoscope' } }, 'dataset-unknown'],
    ['for an unknown item', { request: { items: ['star-sign'] } }, 'item-unknown'],
    ['to a key that is not in the directory', { request: { recipient_key: 'A'.repeat(43) } }, 'recipient-key-unknown'],
    ['signed by a service', { signer: 'hk/broker' }, 'signer-not-allowed'],
    [
      'signed by a partner of the same name elsewhere',
      { signer: 'mo/participant/tsing-wan-bank' },
      'message-misaddressed',
    ],
    ['for another audience', { request: { aud: audienceOf('mo', 'broker') } }, 'message-misaddressed'],
    ['that had expired when it was assessed', { request: { iat: at - 600, exp: at - 300 } }, 'signed-object-expired'],
    ['that lives too long', { request: { exp: at + 3_600 } }, 'signed-object-expired'],
    ['with unknown claims', { request: { more: 1 } }, 'signature-invalid'],
    ['whose importer’s assessment the exporter signed', { importer: 'cn/broker' }, 'signer-not-allowed'],
    ['whose exporter’s assessment the importer signed', { exporter: 'hk/broker' }, 'signer-not-allowed'],
    ['assessed by consent', { exporter: 'cn/consent' }, 'signer-not-allowed'],
    ['assessed at the stage of asking', { exporterClaims: { stage: 'ask' } }, 'assessment-invalid'],
    ['assessed as forbidden', { importerClaims: { outcome: 'forbid', proceeds: false } }, 'assessment-invalid'],
    ['assessed for another request', { importerClaims: { requestDigest: 'A'.repeat(43) } }, 'assessment-invalid'],
    ['assessed too long ago', { importerClaims: { iat: at - 3 * 3_600 } }, 'signed-object-expired'],
    ['of another shape at the holder', { request: { items: ['other-shape'] } }, 'record-invalid'],
    ['with a column that is not declared', { request: { items: ['surplus'] } }, 'record-invalid'],
    ['with more rows than declared', { request: { items: ['too-many'] } }, 'record-invalid'],
    ['whose statement does not fit', { request: { items: ['broken'] } }, 'record-invalid'],
    ['whose statement would write', { request: { items: ['writing'] } }, 'record-invalid'],
    ['that the holder answers too late', { request: { items: ['slow'] } }, 'holder-unreachable'],
  ])('is one %s', async (_name, over, code) => {
    const order = await world.order(over);
    await refused(() => world.release(order), code);
    expect(world.asked).toHaveLength(0);
  });

  it('is one that was altered', async () => {
    const order = await world.order();
    const [head, , signature] = order.signedRequest.split('.');
    const claims = { ...requestOf(order), items: ['bulk'] };
    const altered = [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
    await refused(() => world.release({ ...order, signedRequest: altered }), 'signature-invalid');
  });

  it('is one about somebody of whom the holder has no record', async () => {
    world.documents = [{ kind: 'home-return-permit', number: 'H00000000' }];
    await refused(async () => world.release(await world.order()), 'record-not-found');
  });

  it('is one with nothing left to send', async () => {
    const droppedItems = ['subject-name', 'accounts', 'defaults'].map((item) => ({ item, rule: 'CN.PIPL.6' }));
    await refused(
      async () => world.release(await world.order({ exporterClaims: { droppedItems } })),
      'request-not-lawful',
    );
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['has expired', { iat: at - 60, exp: at - 50 }, 'permit-expired'],
    ['lives too long', { exp: at + 3_600 }, 'permit-invalid'],
    ['is for another request', { requestDigest: 'A'.repeat(43) }, 'permit-invalid'],
    ['is for another assessment', { exporterAssessmentDigest: 'A'.repeat(43) }, 'permit-invalid'],
    ['is for another data request', { dataRequestId: randomUUID() }, 'permit-invalid'],
    ['is for another consent', { consentId: randomUUID() }, 'permit-invalid'],
    ['is for another holder', { holder: 'other-credit' }, 'permit-invalid'],
  ])('is one whose permit %s', async (_name, claims, code) => {
    world.permitClaims = claims;
    await refused(async () => world.release(await world.order()), code);
  });

  it('is one whose permit somebody else signed', async () => {
    world.permitSigner = 'cn/broker';
    await refused(async () => world.release(await world.order()), 'signer-not-allowed');
  });

  it('is one for which consent gives no leave', async () => {
    world.permitProblem = new DomainError('consent-withdrawn');
    await refused(async () => world.release(await world.order()), 'consent-withdrawn');
  });

  it('is one whose permit was used before', async () => {
    world.permitClaims = { jti: randomUUID() };
    await world.release(await world.order());
    await refused(async () => world.release(await world.order()), 'permit-replayed');
  });

  it('is one for a signed request that was released under another id', async () => {
    const order = await world.order();
    await world.release(order);
    await refused(() => world.release({ ...order, dataRequestId: randomUUID() as never }), 'data-request-replayed');
  });

  it('is another order under the id of one that was released', async () => {
    const { dataRequestId } = await world.order();
    await world.release({ ...(await world.order()), dataRequestId });
    await refused(async () => world.release({ ...(await world.order()), dataRequestId }), 'data-request-replayed');
  });

  it.each<[string, string, OrderOver]>([
    [
      'the partner',
      'mo/participant/tsing-wan-bank',
      { signer: 'mo/participant/tsing-wan-bank', importer: 'mo/broker', request: { aud: audienceOf('mo', 'broker') } },
    ],
    ['the importer’s broker', 'hk/broker', {}],
    ['our broker', 'cn/broker', {}],
    ['consent, on its permit', 'cn/consent', {}],
  ])(
    'is one that was signed by %s with a key revoked since, though there is a newer one',
    async (_who, owner, over) => {
      const order = await world.order(over);
      const permit = world.trust.key(owner, 'sig');
      await world.trust.enter(owner, ['sig']);
      world.permitKey = owner === 'cn/consent' ? permit : null;
      await world.trust.revoke(permit);
      await world.running.app.get(Keys).refresh();
      await refused(() => world.release(order), 'signer-unknown');
    },
  );

  it('is one with unknown members', async () => {
    const order = { ...(await world.order()), more: 1 };
    await refused(() => world.bus.request(`connector.release.v1.${HOLDER}`, order), 'request-invalid');
  });
});

describe('staged ciphertext', () => {
  const receipt = async (order: Order, over: Record<string, unknown> = {}) => {
    const ciphertext = await world.fetch(order.dataRequestId);
    const recordDigest = digestOf((await opened(ciphertext)).signed);
    const claims = {
      iss: 'tsing-wan-bank',
      jti: randomUUID(),
      iat: epochSeconds(new Date()),
      dataRequestId: order.dataRequestId,
      ciphertextDigest: digestOf(ciphertext),
      recordDigest,
      ...over,
    };
    return sign(world.trust.key(BANK, 'sig'), 'delivery', claims);
  };
  const told = (order: Order, signed: string) =>
    world.tell(releaseReceipted, {
      ...{
        dataRequestId: order.dataRequestId,
        consentId: requestOf(order).consent_id as never,
        holder: HOLDER as never,
      },
      receipt: signed,
      at: new Date().toISOString(),
    });
  const ended = (order: Order, state: 'withdrawn' | 'used-up') =>
    world.tell(consentEnded, {
      ...{ consentId: requestOf(order).consent_id as never, state, at: new Date().toISOString() },
      ...{ importer: 'hk', exporter: 'cn', holder: HOLDER as never, recipient: 'tsing-wan-bank' as never },
      flowId: randomUUID() as never,
    });
  const isGone = async (order: Order): Promise<boolean> =>
    (await codeOf(world.fetch(order.dataRequestId))) === 'data-request-ended';

  it('is destroyed when the recipient has signed for it', async () => {
    const order = await world.order();
    await world.release(order);
    const before = (await files()).length;
    await told(order, await receipt(order));
    expect([await isGone(order), (await files()).length]).toEqual([true, before - 1]);
    expect(await evidence(order)).toEqual([
      { type: 'release.made' },
      { type: 'release.destroyed', cause: 'receipted' },
    ]);
    expect(await codeOf(world.release(order))).toBe('data-request-ended');
  });

  it('stays when the receipt is about another record', async () => {
    const order = await world.order();
    await world.release(order);
    await told(order, await receipt(order, { recordDigest: 'A'.repeat(43) }));
    expect(await isGone(order)).toBe(false);
  });

  it('is destroyed when she withdraws, nothing more is staged, and the holder says so', async () => {
    const order = await world.order();
    await world.release(order);
    await ended(order, 'withdrawn');
    expect(await isGone(order)).toBe(true);
    expect(await evidence(order)).toEqual([
      { type: 'release.made' },
      { type: 'release.destroyed', cause: 'withdrawn' },
    ]);
    const said = await world.db.query(
      "select data from outbox where subject = 'broker.end-acknowledged.v1' and aggregate = $1",
      [requestOf(order).consent_id],
    );
    expect(said).toMatchObject([{ data: { by: 'holder' } }]);
    const late = await world.order({ request: { consent_id: requestOf(order).consent_id } });
    await refused(() => world.release(late), 'consent-withdrawn');
  });

  it('is still served when the last use of the consent was this one', async () => {
    const order = await world.order();
    await world.release(order);
    await ended(order, 'used-up');
    expect(await isGone(order)).toBe(false);
  });

  it('is destroyed when its time is over', async () => {
    const order = await world.order();
    await world.release(order);
    await world.db.query(
      "update release set available_until = now() - interval '1 second' where data_request_id = $1",
      [order.dataRequestId],
    );
    expect(await isGone(order)).toBe(true);
    await world.running.app.get(Sweeper).sweep();
    expect(await evidence(order)).toEqual([{ type: 'release.made' }, { type: 'release.destroyed', cause: 'expired' }]);
  });
});
