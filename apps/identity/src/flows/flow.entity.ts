import type { LocalText } from '@bayway/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A request for a record that both brokers let pass, while it goes through this provider. */
@Entity('data_flow')
export class DataFlowEntity {
  @PrimaryColumn('uuid', { name: 'request_id' })
  requestId!: string;

  @Column('text', { name: 'client_id' })
  clientId!: string;

  /** Of the canonical routed detail. */
  @Column('text', { name: 'detail_digest' })
  detailDigest!: string;

  /** Level of assurance the record needs. */
  @Column('smallint')
  level!: number;

  /** Whoever wants the record, by name: at the exporter the client is the importer's provider. */
  @Column('jsonb')
  recipient!: LocalText;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}
