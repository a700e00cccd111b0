import { Inject, Injectable, Logger } from '@nestjs/common';
import { digestOf } from '@bayway/envelope';
import { DataSource } from 'typeorm';
import { z } from 'zod';

/** What an alarm may be about. Each is proof, or strong ground, that somebody's log is not what it was. */
export const AlarmKind = z.enum([
  /** A log signed a checkpoint that does not continue the one this witness signed before. */
  'log-forked',
  /** A witness says that this log's checkpoint does not continue the one it signed before. */
  'witness-refused',
  /** A witness has seen more entries than this log has: entries were lost or taken away. */
  'witness-ahead',
  /** This log's own database no longer holds what the service has signed. */
  'log-rolled-back',
  /** A witness has not signed for a while. */
  'witness-stalled',
  /** A log's checkpoint does not contain a tree that was signed for it: it shows different histories to different readers. */
  'split-view',
  /** A log publishes less than was signed for it before. */
  'log-shrank',
  /** A log has not been seen for a while. */
  'log-silent',
  /** The key directory's file no longer begins with the lines that were published. */
  'directory-altered',
  /** Reconciliation: a release without a permit of a consent in force. */
  'release-without-consent',
  /** Reconciliation: a release without both sides' assessments over its request. */
  'release-without-assessments',
  /** Reconciliation: the log of the side that a release went to does not have it. */
  'release-missing-abroad',
  /** Reconciliation: a service has a record that this log does not have. */
  'statement-missing',
  /** Reconciliation: a service's record is not what was committed to, or its salt is gone unattested. */
  'statement-altered',
  /** Reconciliation: this log has an entry that no service and no other log knows. */
  'entry-without-statement',
]);
export type AlarmKind = z.infer<typeof AlarmKind>;

/** An alarm as everybody may read it. `evidence` is what was signed, for a checkpoint that forks. */
export const AlarmView = z.object({
  kind: AlarmKind,
  subject: z.string(),
  evidence: z.string(),
  raisedAt: z.iso.datetime(),
});
export type AlarmView = z.infer<typeof AlarmView>;

type Row = Readonly<{ kind: AlarmKind; subject: string; evidence: string; raised_at: Date }>;

/** Keeps alarms, each once, for ever. */
@Injectable()
export class AlarmsService {
  private readonly logger = new Logger('alarm');

  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  /** Raises an alarm about `subject` (an origin, a witness, a directory); the same evidence twice is one alarm. */
  async raise(kind: AlarmKind, subject: string, evidence: string): Promise<void> {
    const rows: unknown[] = await this.db.query(
      `insert into alarm (kind, subject, evidence, digest) values ($1, $2, $3, $4) on conflict do nothing returning id`,
      [kind, subject, evidence, digestOf(evidence)],
    );
    if (rows.length > 0) this.logger.error({ alarm: kind, subject });
  }

  /** How many there are, by kind. */
  async counts(): Promise<Partial<Record<AlarmKind, number>>> {
    const rows: { kind: AlarmKind; n: number }[] = await this.db.query(
      'select kind, count(*)::int as n from alarm group by kind order by kind',
    );
    return Object.fromEntries(rows.map(({ kind, n }) => [kind, n]));
  }

  /** The latest 100, newest first. */
  async latest(): Promise<AlarmView[]> {
    const rows: Row[] = await this.db.query(
      'select kind, subject, evidence, raised_at from alarm order by id desc limit 100',
    );
    return rows.map(({ raised_at, ...row }) => ({ ...row, raisedAt: raised_at.toISOString() }));
  }
}
