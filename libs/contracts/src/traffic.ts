import {
  DataRequestId,
  DatasetId,
  Digest,
  FlowId,
  Instant,
  Jurisdiction,
  ParticipantId,
  Place,
  Purpose,
} from '@bayway/domain';
import { z } from 'zod';

/** What became of a request: a record left, the answer was no, it came to nothing otherwise, or it is under way. */
export const TrafficResult = z.enum(['released', 'refused', 'failed', 'open']);
export type TrafficResult = z.infer<typeof TrafficResult>;

/** `GET /traffic/flows`: the last so many days, or today (1), as days are counted in the Bay. */
export const FlowsQuery = z.strictObject({ days: z.coerce.number().int().min(1).max(90).default(30) });
export type FlowsQuery = z.infer<typeof FlowsQuery>;

/** Who gave what to whom, by the places of holder and recipient: how many requests ended how. */
export const FlowsView = z.object({
  since: Instant,
  at: Instant,
  flows: z
    .array(
      z.object({
        from: Place,
        to: Place,
        released: z.int(),
        refused: z.int(),
        failed: z.int(),
        open: z.int(),
      }),
    )
    .max(2_000),
});
export type FlowsView = z.infer<typeof FlowsView>;

/** `GET /traffic/requests`: requests this side took part in, the latest first. */
export const TrafficQuery = z.strictObject({
  from: Place.optional(),
  to: Place.optional(),
  result: TrafficResult.optional(),
  participant: ParticipantId.optional(),
  /** No older than so many days. */
  days: z.coerce.number().int().min(1).max(90).optional(),
  after: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type TrafficQuery = z.infer<typeof TrafficQuery>;

/**
 * One request, without anything about whom it concerns. `ask`: refused by the rules before anybody was asked.
 * Null: this side does not know it.
 */
export const TrafficView = z.object({
  id: z.union([DataRequestId, FlowId]),
  kind: z.enum(['ask', 'request']),
  at: Instant,
  from: Place.nullable(),
  to: Place.nullable(),
  holder: ParticipantId.nullable(),
  recipient: ParticipantId.nullable(),
  dataset: DatasetId.nullable(),
  purpose: Purpose.nullable(),
  result: TrafficResult,
  /** State at the broker that answers. */
  state: z.string().max(40),
  /** Code of the problem or refusal, and the rule that decided it. */
  problem: z.string().max(60).nullable(),
  rule: z.string().max(40).nullable(),
});
export type TrafficView = z.infer<typeof TrafficView>;

export const TrafficPage = z.object({
  items: z.array(TrafficView).max(100),
  next: z.string().max(100).nullable(),
});
export type TrafficPage = z.infer<typeof TrafficPage>;

/** One step of a request. The commitment stands in the log of the side that made it; null: known from what crossed. */
export const TrafficEvent = z.object({
  at: Instant,
  side: z.enum(['importer', 'exporter']),
  type: z.string().max(60),
  outcome: z.string().max(60).nullable(),
  rule: z.string().max(40).nullable(),
  commitment: Digest.nullable(),
});
export type TrafficEvent = z.infer<typeof TrafficEvent>;

/** `GET /traffic/requests/:id`: one request across both sides, the oldest step first. */
export const TrafficTimeline = z.object({
  request: TrafficView,
  importer: Jurisdiction,
  exporter: Jurisdiction,
  requestDigest: Digest.nullable(),
  /** The other services whose part could not be read now, or is told only once the recipient has signed. */
  missing: z.array(z.enum(['consent', 'connector', 'importer', 'exporter'])).max(4),
  events: z.array(TrafficEvent).max(400),
});
export type TrafficTimeline = z.infer<typeof TrafficTimeline>;

/** `GET /counters`: how many people's data each holder sent abroad this year, against the thresholds of the law. */
export const CountersView = z.object({
  year: z.int(),
  /** Days of the year that are over, today included: for the pace. */
  daysGone: z.int(),
  thresholds: z.object({ general: z.array(z.int()).max(5), sensitive: z.array(z.int()).max(5) }),
  items: z.array(z.object({ holder: ParticipantId, general: z.int(), sensitive: z.int() })).max(500),
});
export type CountersView = z.infer<typeof CountersView>;
