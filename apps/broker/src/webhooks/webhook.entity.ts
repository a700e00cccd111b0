import type { DataRequestState } from '@bayway/contracts';
import type { ConsentId, ConsentState, DataRequestId, ParticipantId } from '@bayway/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One thing that a partner is told, until it has taken it or has been tried long enough. */
@Entity('webhook')
export class WebhookEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') partner!: ParticipantId;
  /** About the end of a consent … */
  @Column('uuid', { name: 'consent_id', nullable: true }) consentId!: ConsentId | null;
  @Column('text', { name: 'consent_state', nullable: true }) consentState!: ConsentState | null;
  @Column('timestamptz', { name: 'consent_ended_at', nullable: true }) consentEndedAt!: Date | null;
  /** … or about what became of a request. */
  @Column('uuid', { name: 'data_request_id', nullable: true }) dataRequestId!: DataRequestId | null;
  @Column('text', { name: 'request_state', nullable: true }) requestState!: DataRequestState | null;
  @Column('text', { nullable: true }) problem!: string | null;
  @Column('text') state!: 'waiting' | 'delivered' | 'given-up';
  @Column('int') attempts!: number;
  @Column('timestamptz', { name: 'next_at' }) nextAt!: Date;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'settled_at', nullable: true }) settledAt!: Date | null;
  @Column('text', { nullable: true }) failure!: string | null;
}
