import { randomUUID } from 'node:crypto';
import type { Consent } from '../src/consents/consent.js';
import type { Limited, Use } from '../src/permits/permit.js';

const soon = (ms: number): Date => new Date(Date.now() + ms);

/** A consent as the rules see it: in force, unused, valid for long. */
export const newConsent = (over: Partial<Consent & Limited> = {}): Consent & Limited => ({
  id: randomUUID(),
  state: 'given',
  flowId: randomUUID(),
  holder: 'pengwan-credit',
  subjectHandle: 'handle',
  items: [{ id: 'accounts' }, { id: 'defaults' }],
  uses: 0,
  maxUses: 3,
  lapsesAt: soon(600_000),
  expiresAt: soon(100 * 86_400_000),
  givenAt: null,
  renews: null,
  detail: { retention_until: '2099-12-31' as never },
  ...over,
});

/** A use that was counted for a data request and has not been released. */
export const newUse = (over: Partial<Use> = {}): Use => ({
  consentId: 'consent',
  no: 1,
  requestDigest: 'request',
  importerAssessmentDigest: 'importer',
  exporterAssessmentDigest: 'exporter',
  releasedAt: null,
  ...over,
});
