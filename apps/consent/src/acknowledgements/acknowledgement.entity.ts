import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Who was told of a withdrawal, and what they signed about it; no statement is silence, and is shown as silence. */
@Entity('acknowledgement')
export class AcknowledgementEntity {
  @PrimaryColumn('uuid', { name: 'consent_id' })
  consentId!: string;

  @PrimaryColumn('text')
  by!: 'holder' | 'recipient';

  @PrimaryColumn('text')
  what!: 'withdrawal' | 'deletion';

  /** When its side said that it knows; nobody has signed anything by that. */
  @Column('timestamptz', { name: 'told_at', nullable: true })
  toldAt!: Date | null;

  /** When the statement was signed. */
  @Column('timestamptz', { nullable: true })
  at!: Date | null;

  @Column('text', { nullable: true })
  statement!: string | null;

  @Column('date', { name: 'delete_by', nullable: true })
  deleteBy!: string | null;

  @Column('timestamptz', { name: 'due_at', nullable: true })
  dueAt!: Date | null;

  /** Since when the silence has been taken further. */
  @Column('timestamptz', { name: 'silent_since', nullable: true })
  silentSince!: Date | null;
}
