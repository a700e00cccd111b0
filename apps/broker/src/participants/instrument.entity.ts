import type { DatasetId, InstrumentKind, Jurisdiction, ParticipantId, Purpose } from '@bayway/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { InstrumentEntry } from './participants-file.js';

/** A legal mechanism on file between a holder and one recipient. Days are `YYYY-MM-DD`. */
@Entity('instrument')
export class InstrumentEntity {
  @PrimaryColumn('text') holder!: ParticipantId;
  @PrimaryColumn('text') importer!: Jurisdiction;
  @PrimaryColumn('text') recipient!: ParticipantId;
  @PrimaryColumn('text') kind!: Exclude<InstrumentKind, 'none'>;
  @PrimaryColumn('date', { name: 'effective_on' }) effectiveOn!: string;
  @Column('date', { name: 'signed_on', nullable: true }) signedOn!: string | null;
  @Column('date', { name: 'valid_until', nullable: true }) validUntil!: string | null;
  @Column('date', { name: 'filed_on', nullable: true }) filedOn!: string | null;
  @Column('text', { name: 'filed_with', nullable: true }) filedWith!: NonNullable<InstrumentEntry['filedWith']> | null;
  @Column('boolean', { name: 'template_unaltered' }) templateUnaltered!: boolean;
  @Column('text', { array: true }) datasets!: DatasetId[];
  @Column('text', { array: true }) purposes!: Purpose[];
}
