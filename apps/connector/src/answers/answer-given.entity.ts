import type { DataRequestId, DatasetId, Jurisdiction, ParticipantId } from '@bayway/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** That an answer was given; not what it was, and not about whom but under a name that only this connector can make. */
@Entity('answer_given')
export class AnswerGivenEntity {
  @PrimaryColumn('uuid', { name: 'data_request_id' }) dataRequestId!: DataRequestId;
  @PrimaryColumn('text') answer!: string;
  @Column('text') person!: string;
  @Column('text') dataset!: DatasetId;
  @Column('text') importer!: Jurisdiction;
  @Column('text') recipient!: ParticipantId;
  @Column('timestamptz', { name: 'given_at' }) givenAt!: Date;
}
