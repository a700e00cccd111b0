import type { DataRequestState, DataRequestView, Delay, Refusal, ReleaseSummary, RequestStep } from '@bayway/contracts';
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
  /** What the other side says it waits for, while this is `sent`. */
  @Column('jsonb', { nullable: true }) waiting!: Delay | null;
  @Column('jsonb') history!: readonly RequestStep[];
  @Column('timestamptz', { name: 'deadline_at' }) deadlineAt!: Date;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'settled_at', nullable: true }) settledAt!: Date | null;
  @Column('timestamptz', { name: 'delivered_at', nullable: true }) deliveredAt!: Date | null;
  @Column('timestamptz', { name: 'receipted_at', nullable: true }) receiptedAt!: Date | null;
}

/** The request as its partner sees it. @param waiting what it waits for, when it is not what the other side says */
export function viewOf(row: DataRequestEntity, at: Date, waiting = row.waiting): DataRequestView {
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
    deadlineAt: row.deadlineAt.toISOString(),
    waiting,
    history: [...row.history, ...notFetched(row, state)],
  };
}

/** Nobody fetched the record in time: time alone brought it about, so that nobody wrote it down. */
const notFetched = ({ state: written, release }: DataRequestEntity, state: DataRequestState): RequestStep[] =>
  release && written !== state ? [{ state, reason: 'data-request-ended', at: release.availableUntil }] : [];
