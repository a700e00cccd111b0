import { DomainError, type RefusalEvidence, type SaltedRecord } from '@bayway/contracts';
import { z } from 'zod';

const End = z.object({
  type: z.enum(['request.refused', 'request.failed']),
  dataRequestId: z.string(),
  problem: z.string(),
  rule: z.string().nullable(),
});

/** How a request ended, as the side that ended it recorded it. @throws DomainError `evidence-incomplete` when its salt is gone */
export function refusalOf(by: 'importer' | 'exporter', records: readonly SaltedRecord[]): RefusalEvidence['refusal'] {
  const [end] = records.flatMap(({ record }) => End.safeParse(record).data ?? []);
  if (!end) throw new DomainError('evidence-incomplete');
  const { type, problem, rule } = end;
  const dataRequestId = end.dataRequestId as RefusalEvidence['refusal']['dataRequestId'];
  const outcome = type === 'request.refused' ? 'refused' : 'failed';
  return { dataRequestId, by, outcome, problem, ...(rule === null ? {} : { rule }) };
}
