import { DomainError, type BulkState } from '@bayway/contracts';

/** The most consents one proposal may freeze. */
export const LARGEST = 100_000;

type Bulk = Readonly<{ id: string; state: BulkState; proposedBy: string; setDigest: string; endedAt: Date | null }>;
type Decision = Readonly<{ state: BulkState; decidedBy: string; decidedAt: Date; endedAt: Date | null }>;

/**
 * INVARIANT: four eyes, and the second pair has seen the very set.
 * @throws DomainError `bulk-withdrawal-decided`, `second-person-needed`, `request-invalid` for another set
 */
export function approve(bulk: Bulk, by: string, { setDigest, at }: { setDigest: string; at: Date }): Decision {
  const bulkId = bulk.id;
  if (bulk.state !== 'proposed') throw new DomainError('bulk-withdrawal-decided', { bulkId, state: bulk.state });
  if (bulk.proposedBy === by) throw new DomainError('second-person-needed', { bulkId });
  if (bulk.setDigest !== setDigest)
    throw new DomainError('request-invalid', { errors: [{ pointer: '#/setDigest', detail: 'names another set' }] });
  return { state: 'running', decidedBy: by, decidedAt: at, endedAt: null };
}

/** Stops what has not been done yet; what is withdrawn stays so. @throws DomainError `bulk-withdrawal-decided` when over */
export function cancel(
  bulk: Bulk & { decidedBy: string | null; decidedAt: Date | null },
  by: string,
  at: Date,
): Decision {
  if (bulk.endedAt) throw new DomainError('bulk-withdrawal-decided', { bulkId: bulk.id, state: bulk.state });
  return { state: 'cancelled', decidedBy: bulk.decidedBy ?? by, decidedAt: bulk.decidedAt ?? at, endedAt: at };
}
