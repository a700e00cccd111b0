import type { Jurisdiction, ParticipantId } from '@bayway/domain';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { InstrumentEntity } from '../participants/instrument.entity.js';

export type ReminderReason = 'filing-due' | 'filing-overdue' | 'validity-ends';

/** What those in charge were reminded of, once. Days are `YYYY-MM-DD`. */
@Entity('instrument_reminder')
export class InstrumentReminderEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) id!: string;
  @Column('text') holder!: ParticipantId;
  @Column('text') importer!: Jurisdiction;
  @Column('text') recipient!: ParticipantId;
  @Column('text') kind!: InstrumentEntity['kind'];
  @Column('date', { name: 'effective_on' }) effectiveOn!: string;
  @Column('text') reason!: ReminderReason;
  /** Last day to act; null when it hangs on working days that are not known. */
  @Column('date', { name: 'due_on', nullable: true }) dueOn!: string | null;
  @Column('timestamptz', { name: 'reminded_at' }) remindedAt!: Date;
}
