import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ActClaims, consentEvidence, PermitClaims } from '@bayway/contracts';
import { digestOf, verify } from '@bayway/envelope';
import { newHandle } from '../../test/factories.js';
import { releasesIn, requestFor, type Asked, type Given } from '../../test/releases.js';
import { codeOf, World, type Resident } from '../../test/world.js';

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world.stop());

const { permit, release } = releasesIn(() => world);
const view = async (her: Resident, { consentId }: Given) => (await her.call('GET', `/me/consents/${consentId}`)).body;
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
    const retentionUntil = consent.detail.retention_until;
    expect(claims).toMatchObject({ ...named, iss: 'cn/consent', use: 1, retentionUntil });
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
        await world.query("update consent set expires_at = now() - interval '1 second' where id = $1", [
          consent.consentId,
        ]);
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
