import type { ConsentState } from '@bayway/domain';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/**
 * Who brought a state about: she herself or who acts for her, the code's redemption, the clock, a release, a party,
 * administrators, an authority, or a renewal that took its place.
 */
export type Cause =
  | 'subject'
  | 'guardian'
  | 'signatory'
  | 'redemption'
  | 'time'
  | 'release'
  | 'holder'
  | 'recipient'
  | 'administration'
  | 'authority'
  | 'renewal';

/** Every state a consent has been in, in order. Append-only. */
@Entity('consent_history')
export class HistoryEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  seq!: string;

  @Column('uuid', { name: 'consent_id' })
  consentId!: string;

  @Column('text')
  state!: ConsentState;

  @Column('timestamptz')
  at!: Date;

  @Column('text')
  cause!: Cause;
}
