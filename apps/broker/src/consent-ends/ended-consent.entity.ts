import type { ConsentId, ConsentState, Jurisdiction } from '@bayway/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A consent of which the exporter's broker told that it ended; kept by the importer, so that no later request starts. */
@Entity('ended_consent')
export class EndedConsentEntity {
  @PrimaryColumn('text') exporter!: Jurisdiction;
  @PrimaryColumn('uuid', { name: 'consent_id' }) consentId!: ConsentId;
  @Column('text') state!: ConsentState;
  @Column('timestamptz', { name: 'ended_at' }) endedAt!: Date;
}
