import type { ConsentId, ConsentState } from '@bayway/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A consent that was withdrawn: nothing stays staged under it and nothing new is. */
@Entity('ended_consent')
export class EndedConsentEntity {
  @PrimaryColumn('uuid', { name: 'consent_id' }) consentId!: ConsentId;
  @Column('text') state!: ConsentState;
  @Column('timestamptz', { name: 'ended_at' }) endedAt!: Date;
}
