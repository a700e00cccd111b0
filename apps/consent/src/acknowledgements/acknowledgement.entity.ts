import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Who was told of a withdrawal, and since when they say so; null is silence, and is shown as silence. */
@Entity('acknowledgement')
export class AcknowledgementEntity {
  @PrimaryColumn('uuid', { name: 'consent_id' })
  consentId!: string;

  @PrimaryColumn('text')
  by!: 'holder' | 'recipient';

  @PrimaryColumn('text')
  what!: 'withdrawal' | 'deletion';

  @Column('timestamptz', { nullable: true })
  at!: Date | null;
}
