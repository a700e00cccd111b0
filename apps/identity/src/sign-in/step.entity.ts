import type { AssuranceLevel, Jurisdiction } from '@bayway/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What one authorization request has seen so far, whatever number of interactions it takes. */
@Entity('sign_in_step')
export class StepEntity {
  /** The library's id of the authorization request's chain of interactions. */
  @PrimaryColumn('text')
  cid!: string;

  /** Chosen on a page of this request. */
  @Column('text', { nullable: true })
  language!: string | null;

  /** The peer was asked silently: once, never again. */
  @Column('boolean', { name: 'silent_tried' })
  silentTried!: boolean;

  /** The peer that showed who she is there, in this request. */
  @Column('text', { nullable: true })
  peer!: Jurisdiction | null;

  @Column('text', { name: 'peer_sub', nullable: true })
  peerSub!: string | null;

  /** How sure the peer is of her. */
  @Column('smallint', { name: 'peer_level', nullable: true })
  peerLevel!: AssuranceLevel | null;

  /** Why it cannot go on, as a page says it. */
  @Column('text', { nullable: true })
  refused!: string | null;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}
