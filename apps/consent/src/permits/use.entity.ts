import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One use of a consent: counted with its first permit, whatever becomes of it. */
@Entity('consent_use')
export class UseEntity {
  @PrimaryColumn('uuid', { name: 'data_request_id' })
  dataRequestId!: string;

  @Column('uuid', { name: 'consent_id' })
  consentId!: string;

  /** 1 for the first use of the consent. */
  @Column('int')
  no!: number;

  @Column('text', { name: 'request_digest' })
  requestDigest!: string;

  @Column('text', { name: 'importer_assessment_digest' })
  importerAssessmentDigest!: string;

  @Column('text', { name: 'exporter_assessment_digest' })
  exporterAssessmentDigest!: string;

  @Column('timestamptz', { name: 'started_at' })
  startedAt!: Date;

  @Column('timestamptz', { name: 'released_at', nullable: true })
  releasedAt!: Date | null;

  /** Until when the connector serves the staged record again. */
  @Column('timestamptz', { name: 'available_until', nullable: true })
  availableUntil!: Date | null;

  @Column('timestamptz', { name: 'received_at', nullable: true })
  receivedAt!: Date | null;
}
