import type { DatasetId, Jurisdiction, ParticipantId } from '@bayway/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a holder has told the authority of Macao of transfers of one dataset to one recipient. Days are `YYYY-MM-DD`. */
@Entity('authorisation')
export class AuthorisationEntity {
  @PrimaryColumn('text') holder!: ParticipantId;
  @PrimaryColumn('text') importer!: Jurisdiction;
  @PrimaryColumn('text') recipient!: ParticipantId;
  @PrimaryColumn('text') dataset!: DatasetId;
  @Column('date', { name: 'notified_on', nullable: true }) notifiedOn!: string | null;
  @Column('date', { name: 'authorised_on', nullable: true }) authorisedOn!: string | null;
}
