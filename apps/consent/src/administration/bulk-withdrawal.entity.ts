import type { BulkState, ConsentFilter } from '@bayway/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A frozen set of consents that one administrator proposes to withdraw, and another approves. */
@Entity('bulk_withdrawal')
export class BulkWithdrawalEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  state!: BulkState;

  @Column('jsonb')
  filter!: ConsentFilter;

  @Column('text')
  reason!: string;

  @Column('text')
  reference!: string;

  @Column('uuid', { name: 'proposed_by' })
  proposedBy!: string;

  @Column('timestamptz', { name: 'proposed_at' })
  proposedAt!: Date;

  /** Who approved or cancelled it. */
  @Column('uuid', { name: 'decided_by', nullable: true })
  decidedBy!: string | null;

  @Column('timestamptz', { name: 'decided_at', nullable: true })
  decidedAt!: Date | null;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null;

  /** Digest of the frozen ids, in order, one a line. */
  @Column('text', { name: 'set_digest' })
  setDigest!: string;

  @Column('int')
  total!: number;

  @Column('int')
  withdrawn!: number;

  @Column('int', { name: 'passed_over' })
  passedOver!: number;
}
