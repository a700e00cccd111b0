import type { AssuranceLevel, Jurisdiction } from '@bayway/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A resident's name at another jurisdiction's provider, and who that is here. */
@Entity('link')
export class LinkEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  peer!: Jurisdiction;

  @Column('text', { name: 'peer_sub' })
  peerSub!: string;

  @Column('uuid', { name: 'resident_id' })
  residentId!: string;

  /** Of the weaker of the two sign-ins that made it: she is never surer known through it. */
  @Column('smallint')
  level!: AssuranceLevel;

  @Column('timestamptz', { name: 'bound_at' })
  boundAt!: Date;
}
