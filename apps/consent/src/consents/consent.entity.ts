import type { ItemView } from '@bayway/contracts';
import type { ConsentState, RoutedDetail, SubjectFacts } from '@bayway/domain';
import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import type { ActingAs } from '../representations/representation.js';
import type { Consent } from './consent.js';

/** One consent: one purpose, one recipient, one subject. Names of the parties stay with its ask. */
@Entity('consent')
export class ConsentEntity implements Consent {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'ask_id' })
  askId!: string;

  @Column('uuid', { name: 'flow_id' })
  flowId!: string;

  @Column('text')
  state!: ConsentState;

  @Column('text', { name: 'subject_kind' })
  subjectKind!: SubjectFacts['kind'];

  @Column('uuid', { name: 'subject_id' })
  subjectId!: string;

  @Column('jsonb', { name: 'subject_facts' })
  subjectFacts!: SubjectFacts;

  @Column('text', { name: 'subject_handle' })
  subjectHandle!: string;

  @Column('text')
  holder!: string;

  @Column('text')
  recipient!: string;

  @Column('jsonb')
  detail!: RoutedDetail;

  /** What she agreed to send: the necessary items and the optional ones she added. Of a refusal: none. */
  @Column('jsonb')
  items!: ItemView[];

  @Column('int')
  uses!: number;

  @Column('int', { name: 'max_uses' })
  maxUses!: number;

  @Column('timestamptz', { name: 'decided_at' })
  decidedAt!: Date;

  @Column('timestamptz', { name: 'lapses_at' })
  lapsesAt!: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;

  @Column('timestamptz', { name: 'given_at', nullable: true })
  givenAt!: Date | null;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null;

  /** When the others were told that it ended; null while it has not, or while a release is still on its way. */
  @Column('timestamptz', { name: 'end_told_at', nullable: true })
  endToldAt!: Date | null;

  /** Who answered for her; null: she herself. */
  @Column('uuid', { name: 'actor_id', nullable: true })
  actorId!: string | null;

  @Column('text', { name: 'acting_as' })
  actingAs!: ActingAs;

  /** The earlier consent that this one renews. */
  @Column('uuid', { nullable: true })
  renews!: string | null;

  @VersionColumn()
  version!: number;
}
