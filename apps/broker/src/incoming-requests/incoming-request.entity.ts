import type { Refusal, ReleaseSummary, RequestStep } from '@bayway/contracts';
import type { ConsentId, DataRequestId, Jurisdiction, ParticipantId } from '@bayway/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ImporterPart } from '../assessments/parts.js';
import type { IncomingState } from './incoming-request.js';

/** A request of the other side's partner, on the exporter's side. Holder and consent are known once it was verified. */
@Entity('incoming_request')
export class IncomingRequestEntity {
  @PrimaryColumn('uuid') id!: DataRequestId;
  @Column('text') importer!: Jurisdiction;
  @Column('text') recipient!: ParticipantId;
  @Column('text', { name: 'signed_request' }) signedRequest!: string;
  @Column('text', { name: 'request_digest' }) requestDigest!: string;
  @Column('text', { name: 'importer_assessment' }) importerAssessment!: string;
  @Column('jsonb', { name: 'importer_part' }) importerPart!: ImporterPart;
  @Column('text') state!: IncomingState;
  @Column('uuid', { nullable: true }) jti!: string | null;
  @Column('text', { nullable: true }) holder!: ParticipantId | null;
  @Column('text', { nullable: true }) dataset!: string | null;
  @Column('uuid', { name: 'consent_id', nullable: true }) consentId!: ConsentId | null;
  @Column('text', { name: 'own_assessment', nullable: true }) ownAssessment!: string | null;
  @Column('jsonb', { nullable: true }) release!: ReleaseSummary | null;
  @Column('jsonb', { nullable: true }) refusal!: Refusal | null;
  /** Why it was refused or failed; while it is under way, what the last try ran into. */
  @Column('text', { nullable: true }) problem!: string | null;
  @Column('text', { nullable: true }) receipt!: string | null;
  @Column('jsonb') history!: readonly RequestStep[];
  @Column('integer') attempts!: number;
  @Column('timestamptz', { name: 'next_at' }) nextAt!: Date;
  @Column('timestamptz', { name: 'deadline_at' }) deadlineAt!: Date;
  @Column('timestamptz', { name: 'arrived_at' }) arrivedAt!: Date;
  @Column('timestamptz', { name: 'settled_at', nullable: true }) settledAt!: Date | null;
}
