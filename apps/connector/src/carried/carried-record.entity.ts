import type { DataRequestId, DatasetId, ItemId } from '@bayway/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** That a file was made for somebody to carry: its digest, never what it says. It is compared once. */
@Entity('carried_record')
export class CarriedRecordEntity {
  /** SHA-256 of the signed file. */
  @PrimaryColumn('text') digest!: string;
  @Column('text') person!: string;
  @Column('text') dataset!: DatasetId;
  @Column('text', { array: true }) items!: ItemId[];
  @Column('timestamptz', { name: 'issued_at' }) issuedAt!: Date;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date;
  @Column('timestamptz', { name: 'compared_at', nullable: true }) comparedAt!: Date | null;
  /** The request that it was compared for. */
  @Column('uuid', { name: 'data_request_id', nullable: true }) dataRequestId!: DataRequestId | null;
}
