import { describe, expect, it } from '@jest/globals';
import type { DomainError } from '@bayway/contracts';
import { ConsentState } from '@bayway/domain';
import { newConsent, newUse } from '../../test/rows.js';
import { decidePermit, type Issued, type PermitRequest, type Use } from './permit.js';

const at = new Date();
const alive: Issued = { jws: 'a.b.c', expiresAt: new Date(at.getTime() + 1) };
const over: Issued = { jws: 'a.b.c', expiresAt: at };
const request: PermitRequest = {
  consentId: 'consent',
  subjectHandle: 'handle',
  dataRequestId: 'one',
  holder: 'pengwan-credit',
  items: ['accounts'],
  requestDigest: 'request',
  importerAssessmentDigest: 'importer',
  exporterAssessmentDigest: 'exporter',
};
type Given = Parameters<typeof newConsent>[0];

const decide = (
  consent: Given,
  use: Use | null,
  issued: Issued | null,
  asked: Partial<PermitRequest> = {},
): unknown => {
  try {
    const ask = { request: { ...request, ...asked }, at };
    return decidePermit(newConsent({ id: 'consent', ...consent }), { use, issued }, ask);
  } catch (error) {
    return (error as DomainError).code;
  }
};

describe('leave to release', () => {
  it('counts one more use for a new data request', () => {
    expect(decide({ uses: 1 }, null, null)).toEqual({ kind: 'first', no: 2, change: { uses: 2 } });
  });
  it('is the same permit while it lives', () => {
    expect(decide({ uses: 1 }, newUse(), alive)).toEqual({ kind: 'same', jws: 'a.b.c' });
  });
  it('is a new permit for the same use once that one is over', () => {
    expect(decide({ uses: 3, maxUses: 3 }, newUse({ no: 3 }), over)).toEqual({ kind: 'again', no: 3 });
  });
  it('is over once the record was released', () => {
    expect(decide({ uses: 1 }, newUse({ releasedAt: at }), alive)).toBe('permit-replayed');
    expect(decide({ state: 'used-up' }, newUse({ releasedAt: at }), alive)).toBe('permit-replayed');
  });
  it('is refused beyond the uses allowed', () => {
    expect(decide({ uses: 3, maxUses: 3 }, null, null)).toBe('consent-used-up');
  });
  it.each(['requestDigest', 'importerAssessmentDigest', 'exporterAssessmentDigest'] as const)(
    'is refused for another %s under the same data request',
    (member) => {
      expect(decide({ uses: 1 }, newUse(), alive, { [member]: 'other' })).toBe('permit-invalid');
    },
  );
  it('is refused for a data request of another consent', () => {
    expect(decide({ uses: 1 }, newUse({ consentId: 'other' }), alive)).toBe('permit-invalid');
  });
  it.each(['subjectHandle', 'holder'] as const)('is refused for another %s', (member) => {
    expect(decide({}, null, null, { [member]: 'other' })).toBe('consent-mismatch');
  });
  it.each([
    ['other items', { items: ['enquiries'] }],
    ['days before those she allowed', { dataRange: { from: '2023-12-31', to: '2024-06-30' } }],
    ['days after those she allowed', { dataRange: { from: '2024-01-01', to: '2025-01-01' } }],
    ['whatever is on file, where she allowed some days', { dataRange: undefined }],
    ['a recipient that keeps it for longer', { retentionUntil: '2026-01-01' }],
  ])('is refused for %s', (_name, over) => {
    const days = { dataRange: { from: '2024-01-01', to: '2024-12-31' } } as never;
    const detail = { data_range: { from: '2024-01-01', to: '2024-12-31' }, retention_until: '2025-12-31' } as never;
    expect(decide({ detail }, null, null, days)).toMatchObject({ kind: 'first' });
    expect(decide({ detail }, null, null, { ...(days as object), ...(over as object) })).toBe('consent-mismatch');
    expect(decide({}, null, null, days)).toMatchObject({ kind: 'first' });
  });
  it('is refused from the end of the last day on', () => {
    expect(decide({ expiresAt: at }, null, null)).toBe('consent-expired');
    expect(decide({ expiresAt: at, uses: 1 }, newUse(), alive)).toBe('consent-expired');
  });

  const codes: Record<Exclude<ConsentState, 'given' | 'renewed'>, string> = {
    requested: 'consent-not-given',
    deferred: 'consent-not-given',
    paused: 'consent-paused',
    terminated: 'consent-terminated',
    invalidated: 'consent-invalidated',
    pending: 'consent-not-given',
    refused: 'consent-not-given',
    lapsed: 'consent-not-given',
    withdrawn: 'consent-withdrawn',
    expired: 'consent-expired',
    'used-up': 'consent-used-up',
  };
  it.each(ConsentState.exclude(['given', 'renewed']).options)(
    'is never given for a consent that is %s: not anew, not again, not the same',
    (state) => {
      expect(decide({ state }, null, null)).toBe(codes[state]);
      expect(decide({ state, uses: 1 }, newUse(), over)).toBe(codes[state]);
      expect(decide({ state, uses: 1 }, newUse(), alive)).toBe(codes[state]);
    },
  );
  it('of a withdrawn consent says withdrawn, also for what was released before', () => {
    expect(decide({ state: 'withdrawn', uses: 1 }, newUse({ releasedAt: at }), alive)).toBe('consent-withdrawn');
  });
});
