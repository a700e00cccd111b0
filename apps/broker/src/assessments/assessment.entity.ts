import type { FlowId } from '@bayway/domain';
import type { Facts } from '@bayway/trust-rules';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A signed assessment with the facts it was decided over: enough to decide again. Facts stay in this database. */
@Entity('assessment')
export class AssessmentEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') stage!: 'ask' | 'release';
  @Column('text', { name: 'request_digest' }) requestDigest!: string;
  @Column('uuid', { name: 'flow_id' }) flowId!: FlowId;
  @Column('jsonb') facts!: Facts;
  @Column('text', { name: 'facts_digest' }) factsDigest!: string;
  @Column('text', { name: 'pack_version' }) packVersion!: string;
  @Column('text', { name: 'pack_digest' }) packDigest!: string;
  @Column('text') outcome!: string;
  @Column('boolean') proceeds!: boolean;
  @Column('text') jws!: string;
  @Column('timestamptz', { name: 'made_at' }) madeAt!: Date;
}
