import type { ReleaseSummary } from '@bayway/contracts';
import type { ConsentId, DataRequestId, Jurisdiction, ParticipantId } from '@bayway/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One release: staged ciphertext, and what it was staged under. */
@Entity('release')
export class ReleaseEntity {
  @PrimaryColumn('uuid', { name: 'data_request_id' }) dataRequestId!: DataRequestId;
  @Column('uuid', { name: 'consent_id' }) consentId!: ConsentId;
  @Column('text') importer!: Jurisdiction;
  @Column('text') recipient!: ParticipantId;
  @Column('uuid') jti!: string;
  @Column('text', { name: 'request_digest' }) requestDigest!: string;
  @Column('text', { name: 'importer_assessment_digest' }) importerAssessmentDigest!: string;
  @Column('text', { name: 'exporter_assessment_digest' }) exporterAssessmentDigest!: string;
  @Column('uuid', { name: 'permit_jti' }) permitJti!: string;
  @Column('text') permit!: string;
  /** The holder's signed statement of the release; null for releases older than these statements. */
  @Column('text', { nullable: true }) statement!: string | null;
  @Column('text', { name: 'record_digest' }) recordDigest!: string;
  @Column('text', { name: 'ciphertext_digest' }) ciphertextDigest!: string;
  @Column('integer') size!: number;
  @Column('text') commitment!: string;
  /** Name of the staged file; null once it is destroyed. */
  @Column('text', { nullable: true }) file!: string | null;
  @Column('timestamptz', { name: 'staged_at' }) stagedAt!: Date;
  @Column('timestamptz', { name: 'available_until' }) availableUntil!: Date;
  @Column('timestamptz', { name: 'destroyed_at', nullable: true }) destroyedAt!: Date | null;
}

/** The release as the broker passes it on. */
export const summaryOf = (row: ReleaseEntity, chunkBytes: number): ReleaseSummary => ({
  ciphertextDigest: row.ciphertextDigest,
  size: row.size,
  chunks: Math.ceil(row.size / chunkBytes),
  permit: row.permit,
  commitment: row.commitment,
  availableUntil: row.availableUntil.toISOString(),
});
