import type { AssessAnswer, ItemView, Party } from '@bayway/contracts';
import type { RequiredAct, RoutedDetail, SubjectFacts } from '@bayway/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ActingAs } from '../representations/representation.js';

/** The parties and the dataset as the brokers named them when she was asked. */
export type Parties = Readonly<{ holder: Party; recipient: Party; dataset: AssessAnswer['dataset'] }>;

/** What one resident is asked in one flow: composed once, shown in any language, answered at most once. */
@Entity('ask')
export class AskEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'flow_id' })
  flowId!: string;

  @Column('text')
  digest!: string;

  @Column('text', { name: 'subject_kind' })
  subjectKind!: SubjectFacts['kind'];

  @Column('uuid', { name: 'subject_id' })
  subjectId!: string;

  @Column('jsonb', { name: 'subject_facts' })
  subjectFacts!: SubjectFacts;

  @Column('jsonb')
  detail!: RoutedDetail;

  @Column('jsonb')
  acts!: RequiredAct[];

  @Column('jsonb')
  items!: ItemView[];

  @Column('jsonb')
  dropped!: ItemView[];

  @Column('jsonb')
  parties!: Parties;

  /** Assurance level her answers need. */
  @Column('int')
  level!: number;

  @Column('text', { name: 'notice_id' })
  noticeId!: string;

  @Column('int', { name: 'notice_version' })
  noticeVersion!: number;

  @Column('text', { name: 'notice_digest' })
  noticeDigest!: string;

  /** Who answers for the subject; null: she herself. */
  @Column('uuid', { name: 'actor_id', nullable: true })
  actorId!: string | null;

  @Column('text', { name: 'acting_as' })
  actingAs!: ActingAs;

  /** By which power; null: she herself, and asks before it was kept. */
  @Column('uuid', { name: 'power_id', nullable: true })
  powerId!: string | null;

  /** What the organisation is called, as whoever signs for it read it first; of a person nothing is kept. */
  @Column('text', { name: 'subject_name', nullable: true })
  subjectName!: string | null;

  /** The purpose-bound template that its limits keep to, with its version; null of asks before there were any. */
  @Column('text', { nullable: true })
  template!: string | null;

  @Column('text', { name: 'own_assessment' })
  ownAssessment!: string;

  @Column('text', { name: 'peer_assessment', nullable: true })
  peerAssessment!: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;

  @Column('timestamptz', { name: 'answered_at', nullable: true })
  answeredAt!: Date | null;
}
