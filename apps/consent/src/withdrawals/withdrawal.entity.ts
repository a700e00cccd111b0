import type { WithdrawalChannel } from '@bayway/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The way by which one withdrawal came. Append-only. */
@Entity('withdrawal')
export class WithdrawalEntity {
  @PrimaryColumn('uuid', { name: 'consent_id' })
  consentId!: string;

  @Column('text')
  channel!: WithdrawalChannel;

  /** The resident, the participant or the administrator, by id. */
  @Column('text')
  by!: string;

  @Column('text', { nullable: true })
  reference!: string | null;

  @Column('text', { nullable: true })
  reason!: string | null;

  @Column('date', { name: 'received_on', nullable: true })
  receivedOn!: string | null;

  /** Of a recipient's withdrawal: its id, and the whole as signed. */
  @Column('uuid', { nullable: true })
  jti!: string | null;

  @Column('text', { nullable: true })
  signed!: string | null;

  @Column('timestamptz')
  at!: Date;
}
