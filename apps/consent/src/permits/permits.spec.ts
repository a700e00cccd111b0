import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ActClaims,
  consentEnded,
  consentEvidence,
  issuePermit,
  PermitClaims,
  recordReleased,
  releaseReceipted,
} from '@bayway/contracts';
import { digestOf, verify } from '@bayway/envelope';
import type { z } from 'zod';
import { newHandle, newPermitRequest } from '../../test/factories.js';
import { codeOf, World, type Resident } from '../../test/world.js';
import { ConsentsService } from '../consents/consents.service.js';

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world.stop());

type Asked = z.input<typeof issuePermit.request>;
type Given = Awaited<ReturnType<Resident['consent']>>;

const requestFor = ({ consentId, subjectHandle }: Given, over: Record<string, unknown> = {}): Asked =>
  newPermitRequest({ consentId, subjectHandle, ...over }) as never;
const permit = async (asked: Asked) => (await world.bus.ask(issuePermit, asked)).permit;
const read = async (jws: string) => {
  const keys = await world.trust.directory();
  return verify(jws, { type: 'permit', schema: PermitClaims, by: 'cn/consent', keys, at: new Date() });
};
/** Ten seconds later, for the permits of one data request. */
const letExpire = (dataRequestId: string) =>
  world.asOwner(
    "update permit set issued_at = issued_at - interval '11 seconds', expires_at = expires_at - interval '11 seconds' where data_request_id = $1",
    [dataRequestId],
  );
const release = (asked: Asked, jws: string, over: Record<string, unknown> = {}) =>
  world.tell(recordReleased, {
    dataRequestId: asked.dataRequestId,
    consentId: asked.consentId,
    holder: asked.holder,
    release: {
      ciphertextDigest: digestOf('ciphertext'),
      size: 10,
      chunks: 1,
      permit: jws,
      commitment: digestOf('commitment'),
      availableUntil: new Date(Date.now() + 900_000).toISOString(),
    },
    at: new Date().toISOString(),
    ...over,
  });
const receive = (asked: Asked) =>
  world.tell(releaseReceipted, {
    dataRequestId: asked.dataRequestId,
    consentId: asked.consentId,
    holder: asked.holder,
    receipt: 'a.b.c',
    at: new Date().toISOString(),
  });
const view = async (her: Resident, { consentId }: Given) => (await her.call('GET', `/me/consents/${consentId}`)).body;
const evidence = async (dataRequestId: string) =>
  world.query<{ type: string; record: Record<string, unknown> }>(
    "select type, record from evidence_record where record->>'dataRequestId' = $1 order by recorded_at",
    [dataRequestId],
  );

describe('a permit', () => {
  it('names the release, lives ten seconds, counts the use and is in evidence', async () => {
    const her = world.resident();
    const consent = await her.consent();
    const asked = requestFor(consent);
    const jws = await permit(asked);
    const claims = await read(jws);
    const { subjectHandle: _handle, items: _items, ...named } = asked;
    expect(claims).toMatchObject({ ...named, iss: 'cn/consent', use: 1 });
    expect(claims.exp - claims.iat).toBe(10);
    expect(await view(her, consent)).toMatchObject({
      state: 'given',
      uses: [{ dataRequestId: asked.dataRequestId, releasedAt: null }],
    });
    expect(await evidence(asked.dataRequestId)).toMatchObject([
      { type: 'permit.issued', record: { use: 1, permitDigest: digestOf(jws), requestDigest: asked.requestDigest } },
    ]);
  });

  it('is the same one while it lives, also for many who ask at once', async () => {
    const asked = requestFor(await world.resident().consent());
    const permits = await Promise.all(Array.from({ length: 5 }, () => permit(asked)));
    expect(new Set(permits).size).toBe(1);
    const [row] = await world.query('select uses from consent where id = $1', [asked.consentId]);
    expect(row).toEqual({ uses: 1 });
  });

  it('is a new one for the same use once it is over and nothing was released', async () => {
    const asked = requestFor(await world.resident().consent({ max_uses: 1 }));
    const first = await permit(asked);
    await letExpire(asked.dataRequestId);
    const second = await permit(asked);
    expect(second).not.toBe(first);
    expect((await read(second)).use).toBe(1);
    const [row] = await world.query('select uses from consent where id = $1', [asked.consentId]);
    expect(row).toEqual({ uses: 1 });
  });
});

describe('leave is refused, in evidence, without counting', () => {
  type Make = (consent: Given, her: Resident) => Promise<Asked>;
  const cases: [string, string, Make][] = [
    [
      'for another handle',
      'consent-mismatch',
      (consent) => Promise.resolve(requestFor(consent, { subjectHandle: newHandle() })),
    ],
    [
      'for another holder',
      'consent-mismatch',
      (consent) => Promise.resolve(requestFor(consent, { holder: 'other-holder' })),
    ],
    [
      'for an item that she left out',
      'consent-mismatch',
      (consent) => Promise.resolve(requestFor(consent, { items: ['defaults', 'enquiries'] })),
    ],
    [
      'for other digests under the same data request',
      'permit-invalid',
      async (consent) => {
        const asked = requestFor(consent);
        await permit(asked);
        return { ...asked, requestDigest: digestOf('another') };
      },
    ],
    [
      'for another consent’s data request',
      'permit-invalid',
      async (consent, her) => {
        const asked = requestFor(await her.consent());
        await permit(asked);
        const { consentId, subjectHandle } = consent;
        return { ...asked, consentId, subjectHandle } as Asked;
      },
    ],
    [
      'after she withdrew',
      'consent-withdrawn',
      async (consent, her) => {
        await her.call('POST', `/me/consents/${consent.consentId}/withdrawal`);
        return requestFor(consent);
      },
    ],
    [
      'after she withdrew, although a permit still lives',
      'consent-withdrawn',
      async (consent, her) => {
        const asked = requestFor(consent);
        await permit(asked);
        await her.call('POST', `/me/consents/${consent.consentId}/withdrawal`);
        return asked;
      },
    ],
    [
      'after the last day',
      'consent-expired',
      async (consent) => {
        await world.query('update consent set expires_at = now() where id = $1', [consent.consentId]);
        return requestFor(consent);
      },
    ],
    [
      'beyond the uses allowed',
      'consent-used-up',
      async (consent) => {
        for (let n = 0; n < 3; n += 1) await permit(requestFor(consent));
        return requestFor(consent);
      },
    ],
    [
      'for what was released before',
      'permit-replayed',
      async (consent) => {
        const asked = requestFor(consent);
        await release(asked, await permit(asked));
        return asked;
      },
    ],
  ];
  it.each(cases)('%s: %s', async (_name, code, make) => {
    const her = world.resident();
    const asked = await make(await her.consent(), her);
    const before = await world.counts();
    expect(await codeOf(permit(asked))).toBe(code);
    const { evidence_record: records, outbox, ...rest } = before;
    expect(await world.counts()).toEqual({ ...rest, evidence_record: (records ?? 0) + 1, outbox: (outbox ?? 0) + 1 });
    expect((await evidence(asked.dataRequestId)).at(-1)).toMatchObject({
      type: 'permit.refused',
      record: { problem: code },
    });
  });

  it('before the code was redeemed', async () => {
    expect(await codeOf(permit(requestFor(await world.resident().pending())))).toBe('consent-not-given');
  });

  it('for a consent that does not exist, and for a request of another shape, leaving no trace', async () => {
    const asked = requestFor(await world.resident().consent());
    const before = await world.counts();
    expect(await codeOf(permit({ ...asked, consentId: randomUUID() }))).toBe('consent-not-found');
    expect(await codeOf(permit({ ...asked, requestDigest: 'short' }))).toBe('request-invalid');
    expect(await codeOf(permit({ ...asked, more: 1 } as never))).toBe('request-invalid');
    expect(await world.counts()).toEqual(before);
  });
});

describe('what becomes of a use', () => {
  it('is shown: released, then received', async () => {
    const her = world.resident();
    const consent = await her.consent();
    const asked = requestFor(consent);
    await release(asked, await permit(asked));
    expect(await view(her, consent)).toMatchObject({ uses: [{ releasedAt: expect.any(String), receivedAt: null }] });
    await receive(asked);
    expect(await view(her, consent)).toMatchObject({ state: 'given', uses: [{ receivedAt: expect.any(String) }] });
  });

  it('is shown when the receipt comes first', async () => {
    const her = world.resident();
    const consent = await her.consent({ max_uses: 1 });
    const asked = requestFor(consent);
    const jws = await permit(asked);
    await receive(asked);
    await release(asked, jws);
    expect(await view(her, consent)).toMatchObject({ state: 'used-up', uses: [{ receivedAt: expect.any(String) }] });
  });

  it('counts a fact once however often it is delivered', async () => {
    const consent = await world.resident().consent({ max_uses: 2 });
    const asked = requestFor(consent);
    const jws = await permit(asked);
    await release(asked, jws);
    await release(asked, jws);
    const [row] = await world.query('select state from consent where id = $1', [consent.consentId]);
    expect(row).toEqual({ state: 'given' });
  });

  it('is not changed by a release that no permit of ours allowed', async () => {
    const her = world.resident();
    const consent = await her.consent();
    const asked = requestFor(consent);
    const [jws, other] = [await permit(asked), await permit(requestFor(consent))];
    await release(asked, other);
    await release({ ...asked, consentId: randomUUID() }, jws);
    await receive({ ...asked, consentId: randomUUID() });
    expect(await view(her, consent)).toMatchObject({
      uses: [{ releasedAt: null }, { releasedAt: null, receivedAt: null }],
    });
  });

  it('ends the consent with the last release, which the others hear once nothing is on its way', async () => {
    const consents = world.service.app.get(ConsentsService);
    const told = async () =>
      (
        await world.query('select 1 from outbox where subject = $1 and aggregate = $2', [
          consentEnded.subject,
          consent.consentId,
        ])
      ).length;
    const her = world.resident();
    const consent = await her.consent({ max_uses: 1 });
    const asked = requestFor(consent);
    await release(asked, await permit(asked));
    await consents.sweep();
    expect(await view(her, consent)).toMatchObject({ state: 'used-up', endedAt: expect.any(String) });
    expect(await told()).toBe(0);
    await receive(asked);
    await consents.sweep();
    expect(await told()).toBe(3);
    await consents.sweep();
    expect(await told()).toBe(3);
    const withdrawal = await her.call('POST', `/me/consents/${consent.consentId}/withdrawal`);
    expect(withdrawal.body).toMatchObject({ state: 'withdrawn', uses: [{ dataRequestId: asked.dataRequestId }] });
    expect(await told()).toBe(6);
  });

  it('of an expired consent is waited for no longer than the record is available', async () => {
    const consents = world.service.app.get(ConsentsService);
    const consent = await world.resident().consent();
    const asked = requestFor(consent);
    await release(asked, await permit(asked));
    await world.query('update consent set expires_at = now() where id = $1', [consent.consentId]);
    await consents.sweep();
    const untold = 'select end_told_at is null as untold, state from consent where id = $1';
    expect(await world.query(untold, [consent.consentId])).toEqual([{ untold: true, state: 'expired' }]);
    await consents.sweep(new Date(Date.now() + 901_000));
    expect(await world.query(untold, [consent.consentId])).toEqual([{ untold: false, state: 'expired' }]);
  });
});

describe('consent.evidence.v1', () => {
  const ask = (consentId: string, dataRequestId: string) =>
    world.bus.ask(consentEvidence, { consentId, dataRequestId } as never);

  it('gives the receipt, the acts by her handle, and the records of a release that had leave', async () => {
    const consent = await world.resident().consent();
    const asked = requestFor(consent);
    const jws = await permit(asked);
    const { acts, records } = await ask(consent.consentId, asked.dataRequestId);
    const trust = { by: 'cn/identity', keys: await world.trust.directory(), at: new Date() };
    for (const act of acts) {
      const claims = await verify(act, { type: 'act', schema: ActClaims, ...trust });
      expect(claims.subject).toEqual({ kind: 'person', handle: consent.subjectHandle });
    }
    expect(acts.length).toBeGreaterThan(0);
    expect(records.map(({ record }) => record['type'])).toEqual(['consent.given', 'permit.issued']);
    expect(records[1]?.record['permitDigest']).toBe(digestOf(jws));
  });

  it('gives none of a consent that this data request never used', async () => {
    const [one, other] = [await world.resident().consent(), await world.resident().consent()];
    const asked = requestFor(one);
    await permit(asked);
    expect(await codeOf(ask(other.consentId, asked.dataRequestId))).toBe('consent-not-found');
    expect(await codeOf(ask(one.consentId, randomUUID()))).toBe('consent-not-found');
  });
});
