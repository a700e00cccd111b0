import type { DatasetId, Jurisdiction, ParticipantId } from '@bayway/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An impact assessment that a holder has done for one recipient and dataset. */
@Entity('impact_assessment')
export class ImpactAssessmentEntity {
  @PrimaryColumn('text') holder!: ParticipantId;
  @PrimaryColumn('text') importer!: Jurisdiction;
  @PrimaryColumn('text') recipient!: ParticipantId;
  @PrimaryColumn('text') dataset!: DatasetId;
  @Column('date', { name: 'done_on' }) doneOn!: string;
}
