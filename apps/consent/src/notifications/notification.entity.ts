import type { NotificationKind } from '@bayway/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * `waiting` goes out from `mail_at` on, `digest` with her others then; `sending` was handed over at `mail_at` and its
 * outcome is not known yet.
 */
export type MailState = 'none' | 'waiting' | 'digest' | 'sending' | 'sent' | 'failed';

/** One line of a resident's inbox. Which record it is about stands with the consent, not here. */
@Entity('notification')
export class NotificationEntity {
  @PrimaryColumn('uuid')
  id!: string;

  /** What makes the event one: kind, consent and what happened. */
  @Column('text')
  key!: string;

  @Column('uuid', { name: 'subject_id' })
  subjectId!: string;

  @Column('text')
  kind!: NotificationKind;

  @Column('uuid', { name: 'consent_id', nullable: true })
  consentId!: string | null;

  @Column('uuid', { name: 'data_request_id', nullable: true })
  dataRequestId!: string | null;

  @Column('timestamptz')
  at!: Date;

  @Column('timestamptz', { name: 'read_at', nullable: true })
  readAt!: Date | null;

  @Column('text')
  mail!: MailState;

  @Column('int', { name: 'mail_attempts' })
  mailAttempts!: number;

  @Column('timestamptz', { name: 'mail_at', nullable: true })
  mailAt!: Date | null;
}
