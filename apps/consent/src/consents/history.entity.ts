import type { ConsentState } from '@bayway/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Who brought a state about: she herself (by whichever way), the code's redemption, the clock, a release, administrators. */
export type Cause = 'subject' | 'redemption' | 'time' | 'release' | 'administration';

/** Every state a consent has been in, each once. Append-only. */
@Entity('consent_history')
export class HistoryEntity {
  @PrimaryColumn('uuid', { name: 'consent_id' })
  consentId!: string;

  @PrimaryColumn('text')
  state!: ConsentState;

  @Column('timestamptz')
  at!: Date;

  @Column('text')
  cause!: Cause;
}
