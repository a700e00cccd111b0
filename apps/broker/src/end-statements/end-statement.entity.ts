import type { ConsentId, Jurisdiction } from '@bayway/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a recipient signed about a consent that ended: the first of each kind. Append-only. */
@Entity('end_statement')
export class EndStatementEntity {
  @PrimaryColumn('uuid') jti!: string;
  @Column('text') exporter!: Jurisdiction;
  @Column('uuid', { name: 'consent_id' }) consentId!: ConsentId;
  @Column('text') what!: 'withdrawal' | 'deletion';
  @Column('text') statement!: string;
  @Column('timestamptz') at!: Date;
}
