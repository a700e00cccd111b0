import type { ActKind, FlowId, RoutedDetail } from '@bayway/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ExporterPart } from './parts.js';

/** What the importer's broker keeps of a flow it assessed: the request, the exporter's part, the acts that were asked for. */
@Entity('assessed_flow')
export class AssessedFlowEntity {
  @PrimaryColumn('uuid', { name: 'flow_id' }) flowId!: FlowId;
  @Column('jsonb') detail!: RoutedDetail;
  @Column('jsonb', { name: 'exporter_part' }) exporterPart!: ExporterPart;
  @Column('text', { array: true }) acts!: ActKind[];
  @Column('timestamptz', { name: 'assessed_at' }) assessedAt!: Date;
}
