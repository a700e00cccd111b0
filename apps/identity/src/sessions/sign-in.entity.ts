import type { AssuranceLevel, AssuranceStep } from '@bayway/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One time somebody signed in here: where from, how surely and what that rests on, in which session, on what device. */
@Entity('sign_in')
export class SignInEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'resident_id' })
  residentId!: string;

  /** The library's name of the session; several sign-ins may follow one another in one. */
  @Column('text', { name: 'session_uid' })
  sessionUid!: string;

  /** The city or peer that signed her in. */
  @Column('text')
  via!: string;

  /** Her name at that peer, or at that city. */
  @Column('text', { name: 'upstream_sub' })
  upstreamSub!: string;

  @Column('smallint')
  level!: AssuranceLevel;

  @Column('jsonb')
  steps!: AssuranceStep[];

  @Column('text', { name: 'client_id' })
  clientId!: string;

  @Column('text', { nullable: true })
  browser!: string | null;

  @Column('text', { nullable: true })
  system!: string | null;

  /** She had signed in before, and never on this device. */
  @Column('boolean', { name: 'new_device' })
  newDevice!: boolean;

  @Column('timestamptz')
  at!: Date;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}
