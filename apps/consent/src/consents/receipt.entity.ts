import type { ConsentState } from '@bayway/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A signed receipt, one for each state that she is told of. Append-only. */
@Entity('receipt')
export class ReceiptEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'consent_id' })
  consentId!: string;

  @Column('text')
  state!: ConsentState;

  @Column('text')
  jws!: string;

  @Column('timestamptz', { name: 'issued_at' })
  issuedAt!: Date;
}
