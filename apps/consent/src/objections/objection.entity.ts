import { Column, Entity, PrimaryColumn } from 'typeorm';

/** She says that a record or a use of it is wrong, or that it was not she. Append-only; once for each. */
@Entity('objection')
export class ObjectionEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'consent_id' })
  consentId!: string;

  @Column('uuid', { name: 'data_request_id', nullable: true })
  dataRequestId!: string | null;

  @Column('text')
  about!: 'wrong' | 'not-mine';

  @Column('timestamptz')
  at!: Date;
}
