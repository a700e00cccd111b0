import type { DataRequestState, DataRequestView, Refusal, ReleaseSummary } from '@bayway/contracts';
import type { ConsentId, DataRequestId, DatasetId, FlowId, Jurisdiction, ParticipantId } from '@bayway/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { stateAt, type DataRequest } from './data-request.js';

/** A partner's request, on the importer's side. */
@Entity('data_request')
export class DataRequestEntity implements DataRequest {
  @PrimaryColumn('uuid') id!: DataRequestId;
  @Column('text') recipient!: ParticipantId;
  @Column('text', { name: 'idempotency_key' }) idempotencyKey!: string;
  @Column('uuid') jti!: string;
  @Column('text') exporter!: Jurisdiction;
  @Column('text') holder!: ParticipantId;
  @Column('text') dataset!: DatasetId;
  @Column('uuid', { name: 'flow_id' }) flowId!: FlowId;
  @Column('uuid', { name: 'consent_id' }) consentId!: ConsentId;
  @Column('text', { name: 'signed_request' }) signedRequest!: string;
  @Column('text', { name: 'request_digest' }) requestDigest!: string;
  @Column('text', { name: 'own_assessment', nullable: true }) ownAssessment!: string | null;
  @Column('text', { name: 'exporter_assessment', nullable: true }) exporterAssessment!: string | null;
  @Column('text') state!: DataRequestState;
  @Column('jsonb', { nullable: true }) refusal!: Refusal | null;
  @Column('text', { nullable: true }) problem!: string | null;
  @Column('jsonb', { nullable: true }) release!: ReleaseSummary | null;
  @Column('text', { nullable: true }) receipt!: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'settled_at', nullable: true }) settledAt!: Date | null;
  @Column('timestamptz', { name: 'delivered_at', nullable: true }) deliveredAt!: Date | null;
  @Column('timestamptz', { name: 'receipted_at', nullable: true }) receiptedAt!: Date | null;
}

/** The request as its partner sees it. */
export function viewOf(row: DataRequestEntity, at: Date): DataRequestView {
  const { id, holder, exporter, refusal, problem, release } = row;
  const state = stateAt(row, at);
  const served = release && (state === 'ready' || state === 'delivered');
  return {
    ...{ id, state, holder, exporter, refusal, problem },
    createdAt: row.createdAt.toISOString(),
    settledAt: row.settledAt?.toISOString() ?? null,
    record: served
      ? { ciphertextDigest: release.ciphertextDigest, size: release.size, availableUntil: release.availableUntil }
      : null,
  };
}
