import { Day, DatasetId, Instant, InstrumentKind, Jurisdiction, ParticipantId, Purpose } from '@bayway/domain';
import { z } from 'zod';

export const InstrumentsQuery = z.strictObject({
  holder: ParticipantId.optional(),
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export type InstrumentsQuery = z.infer<typeof InstrumentsQuery>;

const named = { holder: ParticipantId, importer: Jurisdiction, recipient: ParticipantId, kind: InstrumentKind };

/** A legal mechanism on file between a holder and a recipient, and how its filing and assessment stand. */
export const InstrumentView = z.object({
  ...named,
  signedOn: Day.nullable(),
  effectiveOn: Day,
  validUntil: Day.nullable(),
  /** Null for a kind that is not filed. `not-known`: the last day hangs on working days that are not known. */
  filing: z
    .object({
      state: z.enum(['in-time', 'late', 'open', 'not-known']),
      dueOn: Day.nullable(),
      filedOn: Day.nullable(),
      filedWith: z.string().max(40).nullable(),
    })
    .nullable(),
  templateUnaltered: z.boolean(),
  purposes: z.array(Purpose).max(40),
  /** What it covers, and the day of the impact assessment of each; null: none on file. */
  datasets: z.array(z.object({ dataset: DatasetId, assessedOn: Day.nullable() })).max(100),
});
export type InstrumentView = z.infer<typeof InstrumentView>;

export const InstrumentsPage = z.object({
  items: z.array(InstrumentView).max(100),
  next: z.string().max(400).nullable(),
});
export type InstrumentsPage = z.infer<typeof InstrumentsPage>;

/** Something that somebody should see to, said once. */
export const ReminderView = z.object({
  ...named,
  effectiveOn: Day,
  reason: z.enum(['filing-due', 'filing-overdue', 'validity-ends']),
  dueOn: Day.nullable(),
  remindedAt: Instant,
  /** It still stands: the instrument is on file and has not been filed, or has not been renewed. */
  isOpen: z.boolean(),
});
export type ReminderView = z.infer<typeof ReminderView>;

export const RemindersPage = z.object({
  items: z.array(ReminderView).max(100),
  next: z.string().max(400).nullable(),
});
export type RemindersPage = z.infer<typeof RemindersPage>;
