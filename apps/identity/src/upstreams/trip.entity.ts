import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What somebody was sent to an upstream for. `silent`: without a page. `border`: with a request for a record. */
export type TripKind = 'sign-in' | 'silent' | 'border';

/** One time somebody was sent to an upstream, and what must be right when she comes back. */
@Entity('upstream_trip')
export class TripEntity {
  @PrimaryColumn('text')
  state!: string;

  @Column('text', { name: 'interaction_uid' })
  interactionUid!: string;

  @Column('text')
  upstream!: string;

  @Column('text')
  kind!: TripKind;

  @Column('text')
  nonce!: string;

  @Column('text')
  verifier!: string;

  @Column('text', { name: 'cookie_digest' })
  cookieDigest!: string;

  @Column('boolean', { name: 'stepped_up' })
  steppedUp!: boolean;

  @Column('timestamptz', { name: 'started_at' })
  startedAt!: Date;

  @Column('timestamptz', { name: 'used_at', nullable: true })
  usedAt!: Date | null;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}
