import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The random name of a resident in one request. It means something only here. */
@Entity('subject_handle')
export class SubjectHandleEntity {
  @PrimaryColumn('text')
  handle!: string;

  @Column('uuid', { name: 'flow_id' })
  flowId!: string;

  @Column('uuid', { name: 'consent_id' })
  consentId!: string;

  @Column('uuid', { name: 'resident_id' })
  residentId!: string;

  @Column('text')
  recipient!: string;

  @Column('text')
  holder!: string;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null;
}
