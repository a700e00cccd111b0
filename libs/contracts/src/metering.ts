import { DataRequestId, DatasetId, Jurisdiction, ParticipantId, Place } from '@bayway/domain';
import { z } from 'zod';

/** A month as it is counted in the Bay (Asia/Shanghai), such as `2026-11`. */
export const Month = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/, 'is a month such as 2026-11');
export type Month = z.infer<typeof Month>;

/**
 * What passed in a month between one holder and one recipient, as this side's broker metered it: every request that ended,
 * in exactly one of the columns up to `ended`. `delivered` and `receipted` are of those released.
 */
export const StatementLine = z.object({
  /** Whose broker counted: the recipient's or the holder's. Both count the same requests, unless one is on its way. */
  side: z.enum(['importer', 'exporter']),
  exporter: Jurisdiction,
  importer: Jurisdiction,
  /** Null: refused before it was known whose record it asks for. */
  holder: ParticipantId.nullable(),
  recipient: ParticipantId,
  dataset: DatasetId.nullable(),
  released: z.int(),
  refused: z.int(),
  failed: z.int(),
  expired: z.int(),
  cancelled: z.int(),
  ended: z.int(),
  /** Handed over whole; the holder's side knows of a delivery by its receipt. */
  delivered: z.int(),
  receipted: z.int(),
});
export type StatementLine = z.infer<typeof StatementLine>;

/** `GET /statements/:month`: the lines of the participant that asks. */
export const Statement = z.object({ month: Month, lines: z.array(StatementLine).max(10_000) });
export type Statement = z.infer<typeof Statement>;

/** What the meter and the evidence say of one kind of end, and where they differ. */
export const Reconciliation = z.object({
  metered: z.int(),
  inEvidence: z.int(),
  /** Requests that only one of them knows, a hundred at most. */
  differences: z
    .array(
      z.object({ dataRequestId: DataRequestId, type: z.string().max(40), missingIn: z.enum(['evidence', 'meter']) }),
    )
    .max(100),
});
export type Reconciliation = z.infer<typeof Reconciliation>;

/** `GET /admin/statements/:month`: all lines, and whether they are what the evidence says. */
export const AdminStatement = Statement.extend({ reconciliation: Reconciliation });
export type AdminStatement = z.infer<typeof AdminStatement>;

/** Numbers of fewer than this many are not shown: they would speak of single people. */
export const SMALLEST_SHOWN = 5;

/** Null: between one and four. */
const Shown = z.int().nullable();

/** `GET /open-data/reciprocity/:month`: what the places of this jurisdiction gave and got, by dataset. */
export const Reciprocity = z.object({
  month: Month,
  lines: z
    .array(
      z.object({
        direction: z.enum(['gave', 'got']),
        place: Place,
        other: Jurisdiction,
        dataset: DatasetId,
        released: Shown,
      }),
    )
    .max(10_000),
});
export type Reciprocity = z.infer<typeof Reciprocity>;

/** `GET /open-data/service-levels/:month`: how requests of this side's participants went, by corridor and dataset. */
export const ServiceLevels = z.object({
  month: Month,
  lines: z
    .array(
      z.object({
        exporter: Jurisdiction,
        importer: Jurisdiction,
        dataset: DatasetId,
        requests: Shown,
        released: Shown,
        /** Milliseconds from request to answer: half, and 95 of a hundred, were not slower. */
        p50Ms: z.int().nullable(),
        p95Ms: z.int().nullable(),
      }),
    )
    .max(10_000),
});
export type ServiceLevels = z.infer<typeof ServiceLevels>;

/** `GET /open-data/refusals/:month`: why this side's participants were not served: problem, and rule when it was one. */
export const Refusals = z.object({
  month: Month,
  lines: z
    .array(
      z.object({
        exporter: Jurisdiction,
        importer: Jurisdiction,
        problem: z.string().max(60),
        rule: z.string().max(60).nullable(),
        requests: Shown,
      }),
    )
    .max(10_000),
});
export type Refusals = z.infer<typeof Refusals>;
