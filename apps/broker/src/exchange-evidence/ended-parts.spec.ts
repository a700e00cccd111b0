import { describe, expect, it } from '@jest/globals';
import { DomainError, type SaltedRecord } from '@bayway/contracts';
import { endedParts } from './ended-parts.js';

const dataRequestId = '00000000-0000-4000-8000-000000000001';
const of = (type: string, more: Record<string, string | null>): SaltedRecord => ({
  record: { type, dataRequestId, requestDigest: 'request', rule: null, ...more },
  salt: 'A'.repeat(43),
});
const own = (...records: SaltedRecord[]) => ({ request: 're.que.st', importerAssessment: 'as.se.ss', records });
const theirs = (...records: SaltedRecord[]) => ({ assessment: 'th.ei.rs', records });
const importerAssessment = 'digest';

const refused = { problem: 'consent-withdrawn' };
const cancelled = { problem: 'data-request-cancelled' };
const expired = { problem: 'data-request-expired' };

describe('the parts of a request that ended without a release', () => {
  it('are both sides’ when the exporter ended it and the importer heard so', () => {
    const heard = of('request.refused', { ...refused, assessment: 'theirs' });
    const parts = endedParts(own(heard), theirs(of('request.refused', { ...refused, importerAssessment })));
    expect(parts.refusal).toEqual({ dataRequestId, by: 'exporter', outcome: 'refused', problem: 'consent-withdrawn' });
    expect([parts.objects.exporterAssessment, parts.records.exporter.length]).toEqual(['th.ei.rs', 1]);
  });

  it.each([
    ['cancelled', 'request.cancelled', cancelled],
    ['failed', 'request.failed', expired],
    ['refused', 'request.refused', refused],
  ] as const)('are both sides’ when the importer ended it (%s) and the exporter heard so', (outcome, type, how) => {
    const parts = endedParts(own(of(type, how)), theirs(of(type, { ...how, importerAssessment })));
    expect(parts.refusal).toEqual({ dataRequestId, by: 'importer', outcome, problem: how.problem });
    expect(parts.records.exporter).toHaveLength(1);
  });

  it('are the importer’s alone when the request never got there', () => {
    const parts = endedParts(own(of('request.cancelled', cancelled)), null);
    expect(Object.keys(parts.objects)).toEqual(['request', 'importerAssessment']);
    expect(parts.records.exporter).toEqual([]);
  });

  it.each([
    ['refused it', [of('request.refused', { ...refused, importerAssessment })]],
    ['released it', [of('request.arrived', {})]],
  ])('are the importer’s alone when it took it back and the exporter %s meanwhile', (_name, records) => {
    const parts = endedParts(own(of('request.cancelled', cancelled)), theirs(...records));
    expect([parts.refusal.outcome, parts.records.exporter, parts.objects.exporterAssessment]).toEqual([
      'cancelled',
      [],
      undefined,
    ]);
  });

  it('are told apart where one broker is both sides', () => {
    const both = [
      of('request.failed', { ...expired, importerAssessment }),
      of('request.failed', { ...expired, assessment: null }),
    ];
    expect(endedParts(own(...both), theirs(...both)).refusal.by).toBe('exporter');
    const other = [of('request.cancelled', { ...cancelled, importerAssessment }), of('request.cancelled', cancelled)];
    expect(endedParts(own(...other), theirs(...other)).refusal.by).toBe('importer');
  });

  it.each([
    ['the importer’s end', own(), theirs(of('request.refused', { ...refused, importerAssessment }))],
    ['the exporter’s end', own(of('request.refused', { ...refused, assessment: null })), theirs()],
  ])('are incomplete without the salt of %s', (_name, mine, other) => {
    expect(() => endedParts(mine, other)).toThrow(new DomainError('evidence-incomplete'));
  });
});
