import { DomainError, type RefusalEvidence, type SaltedRecord } from '@bayway/contracts';
import type { DataRequestId } from '@bayway/domain';
import { z } from 'zod';

const OUTCOMES = {
  'request.refused': 'refused',
  'request.failed': 'failed',
  'request.cancelled': 'cancelled',
} as const;
const End = z.object({
  type: z.enum(['request.refused', 'request.failed', 'request.cancelled']),
  dataRequestId: z.string(),
  problem: z.string(),
  rule: z.string().nullable(),
  /** Only in what the importer recorded of an end that the exporter told it. */
  assessment: z.string().nullable().optional(),
  /** Only in what the exporter recorded, and always there. */
  importerAssessment: z.string().optional(),
});
type End = z.infer<typeof End>;

/** What the exporter's side keeps of a request that ended without a record. */
export type ExportersPart = Readonly<{ assessment: string | null; records: SaltedRecord[] }>;
type Own = Readonly<{ request: string; importerAssessment: string; records: SaltedRecord[] }>;

/** How one side recorded the end of a request; null when it has not, or when the salt is gone. One broker may be both sides. */
export function endIn(records: readonly SaltedRecord[], side: 'importer' | 'exporter'): End | null {
  const ends = records.flatMap(({ record }) => End.safeParse(record).data ?? []);
  return ends.find(({ importerAssessment: known }) => (known !== undefined) === (side === 'exporter')) ?? null;
}

/** Whether the exporter's side ended it, as the importer recorded. */
export const isOfExporter = (end: End): boolean => end.assessment !== undefined;

/**
 * The parts of a request that ended without a release, told by the side that ended it. The exporter's are among them when it
 * had the request and recorded the same end; when the two ended it apart, at the same moment, the importer's end stands alone.
 * @throws DomainError `evidence-incomplete` when a salt is gone
 */
export function endedParts(own: Own, theirs: ExportersPart | null): RefusalEvidence {
  const end = endIn(own.records, 'importer');
  if (!end) throw new DomainError('evidence-incomplete');
  const shared = theirs && isSame(end, endIn(theirs.records, 'exporter')) ? theirs : null;
  if (isOfExporter(end) && !shared) throw new DomainError('evidence-incomplete');
  const theirAssessment = shared?.assessment;
  return {
    objects: {
      ...{ request: own.request, importerAssessment: own.importerAssessment },
      ...(theirAssessment ? { exporterAssessment: theirAssessment } : {}),
    },
    refusal: refusalOf(end),
    records: { importer: own.records, exporter: shared?.records ?? [] },
  };
}

const isSame = (end: End, other: End | null): boolean =>
  other?.type === end.type && other.problem === end.problem && other.rule === end.rule;

const refusalOf = (end: End): RefusalEvidence['refusal'] => ({
  ...{ dataRequestId: end.dataRequestId as DataRequestId, by: isOfExporter(end) ? 'exporter' : 'importer' },
  ...{ outcome: OUTCOMES[end.type], problem: end.problem },
  ...(end.rule === null ? {} : { rule: end.rule }),
});
