import type { ConsentId, ConsentState, ParticipantId } from '@bayway/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One thing that a partner is told, until it has taken it or has been tried long enough. */
@Entity('webhook')
export class WebhookEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') partner!: ParticipantId;
  @Column('uuid', { name: 'consent_id' }) consentId!: ConsentId;
  @Column('text', { name: 'consent_state' }) consentState!: ConsentState;
  @Column('timestamptz', { name: 'consent_ended_at' }) consentEndedAt!: Date;
  @Column('text') state!: 'waiting' | 'delivered' | 'given-up';
  @Column('int') attempts!: number;
  @Column('timestamptz', { name: 'next_at' }) nextAt!: Date;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'settled_at', nullable: true }) settledAt!: Date | null;
  @Column('text', { nullable: true }) failure!: string | null;
}
