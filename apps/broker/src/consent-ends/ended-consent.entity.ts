import type { ConsentId, ConsentState, Jurisdiction, ParticipantId } from '@bayway/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A consent of which the exporter's broker told that it ended; kept by the importer, so that no later request starts. */
@Entity('ended_consent')
export class EndedConsentEntity {
  @PrimaryColumn('text') exporter!: Jurisdiction;
  @PrimaryColumn('uuid', { name: 'consent_id' }) consentId!: ConsentId;
  @Column('text') state!: ConsentState;
  /** Whose consent it was; null for what ended before this was kept. */
  @Column('text', { nullable: true }) recipient!: ParticipantId | null;
  @Column('timestamptz', { name: 'ended_at' }) endedAt!: Date;
}
