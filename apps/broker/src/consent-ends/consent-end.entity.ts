import type { ConsentId, ConsentState, Jurisdiction, ParticipantId } from '@bayway/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A consent of this jurisdiction that ended, and when the importer's side acknowledged it. */
@Entity('consent_end')
export class ConsentEndEntity {
  @PrimaryColumn('uuid', { name: 'consent_id' }) consentId!: ConsentId;
  @Column('text') importer!: Jurisdiction;
  @Column('text') recipient!: ParticipantId;
  @Column('text') state!: ConsentState;
  @Column('timestamptz', { name: 'ended_at' }) endedAt!: Date;
  @Column('timestamptz', { name: 'acknowledged_at', nullable: true }) acknowledgedAt!: Date | null;
}
