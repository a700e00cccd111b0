import { DomainError } from '@bayway/contracts';
import { isWithinRange, type DataRange, type RoutedDetail } from '@bayway/domain';
import { assertInForce, countUse, type Change, type Consent, type Period } from '../consents/consent.js';

/** A permit lives this long: from its commit to the connector's first byte. */
export const PERMIT_SECONDS = 10;

/** What the connector asks leave for. */
export type PermitRequest = Readonly<{
  consentId: string;
  subjectHandle: string;
  dataRequestId: string;
  holder: string;
  items: readonly string[];
  /** The days that were read; absent: whatever is on file. */
  dataRange?: DataRange | undefined;
  /** How long the recipient says that it keeps the record. */
  retentionUntil?: string | undefined;
  requestDigest: string;
  importerAssessmentDigest: string;
  exporterAssessmentDigest: string;
}>;

/** What of an agreed request bounds a release, beside items and uses. */
export type Limited = Readonly<{ detail: Pick<RoutedDetail, 'data_range' | 'retention_until'> }>;

/** A use that was counted earlier for the same data request. */
export type Use = Readonly<{
  consentId: string;
  no: number;
  requestDigest: string;
  importerAssessmentDigest: string;
  exporterAssessmentDigest: string;
  releasedAt: Date | null;
}>;

/** The last permit of that use. */
export type Issued = Readonly<{ jws: string; expiresAt: Date }>;

export type Decision =
  | Readonly<{ kind: 'same'; jws: string }>
  | Readonly<{ kind: 'again'; no: number }>
  | Readonly<{ kind: 'first'; no: number; change: Change }>;

/**
 * May this release start? The consent must be in force, for this holder, handle, items and days. One data request counts one use,
 * however often leave is asked for it: while its permit lives, the same permit; after that a new one, until it is released.
 * INVARIANT: called with the consent's row locked; no answer is a leave unless the consent is in force at `at`.
 * @throws DomainError naming why not
 */
export function decidePermit(
  consent: Consent & Limited,
  known: Readonly<{ use: Use | null; issued: Issued | null; period?: Period | null }>,
  ask: { request: PermitRequest; at: Date },
): Decision {
  const { request, at } = ask;
  if (consent.subjectHandle !== request.subjectHandle || consent.holder !== request.holder)
    throw new DomainError('consent-mismatch', { consentId: consent.id });
  const members = beyond(consent, request);
  if (members.length > 0) throw new DomainError('consent-mismatch', { consentId: consent.id, members });
  if (!known.use) {
    const change = countUse(consent, at, known.period);
    return { kind: 'first', no: consent.uses + 1, change };
  }
  assertSameRelease(known.use, request);
  if (consent.state === 'withdrawn') assertInForce(consent, at);
  if (known.use.releasedAt) throw new DomainError('permit-replayed', { dataRequestId: request.dataRequestId });
  assertInForce(consent, at);
  if (known.issued && at < known.issued.expiresAt) return { kind: 'same', jws: known.issued.jws };
  return { kind: 'again', no: known.use.no };
}

/** In what a request goes beyond what she allowed. */
function beyond({ items, detail }: Consent & Limited, request: PermitRequest): string[] {
  const allowed = items.map(({ id }) => id);
  const exceeds = {
    items: !request.items.every((item) => allowed.includes(item)),
    dataRange: !isWithinRange(request.dataRange, detail.data_range),
    retentionUntil: request.retentionUntil !== undefined && request.retentionUntil > detail.retention_until,
  };
  return Object.entries(exceeds).flatMap(([member, isBeyond]) => (isBeyond ? [member] : []));
}

/** One data request has one set of digests: other ones under its id would be another release on the same count. */
function assertSameRelease(use: Use, request: PermitRequest): void {
  const same =
    use.consentId === request.consentId &&
    use.requestDigest === request.requestDigest &&
    use.importerAssessmentDigest === request.importerAssessmentDigest &&
    use.exporterAssessmentDigest === request.exporterAssessmentDigest;
  if (!same) throw new DomainError('permit-invalid', { dataRequestId: request.dataRequestId });
}
