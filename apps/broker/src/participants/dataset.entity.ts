import type { LocalText, Requirement } from '@bayway/contracts';
import type { DatasetId, Mode, ParticipantId, Purpose, SubjectKind } from '@bayway/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DatasetAnswer, DatasetItem, ServiceLevel } from './participants-file.js';

/** What a holder offers. */
@Entity('dataset')
export class DatasetEntity {
  @PrimaryColumn('text') holder!: ParticipantId;
  @PrimaryColumn('text') id!: DatasetId;
  @Column('jsonb') name!: LocalText;
  @Column('text', { array: true }) subjects!: SubjectKind[];
  @Column('smallint') level!: number;
  @Column('text', { array: true }) modes!: Mode[];
  @Column('text', { name: 'collected_for', nullable: true }) collectedFor!: Purpose | null;
  @Column('jsonb') items!: DatasetItem[];
  @Column('jsonb') answers!: DatasetAnswer[];
  @Column('jsonb', { name: 'service_level', nullable: true }) serviceLevel!: ServiceLevel | null;
  @Column('text', { array: true }) satisfies!: Requirement[];
}
