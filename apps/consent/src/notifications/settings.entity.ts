import type { MailChoices } from '@bayway/contracts';
import type { Language } from '@bayway/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How a resident wants to be told. Addresses are sealed; the code of a new one is kept as a digest. */
@Entity('notification_settings')
export class SettingsEntity {
  @PrimaryColumn('uuid', { name: 'subject_id' })
  subjectId!: string;

  @Column('text')
  language!: Language;

  @Column('jsonb')
  mail!: MailChoices;

  @Column('text', { nullable: true })
  address!: string | null;

  @Column('text', { nullable: true })
  awaiting!: string | null;

  @Column('text', { name: 'code_digest', nullable: true })
  codeDigest!: string | null;

  @Column('timestamptz', { name: 'code_until', nullable: true })
  codeUntil!: Date | null;

  @Column('int', { name: 'code_tries' })
  codeTries!: number;

  /** How many codes went out since `codesSince`. */
  @Column('int', { name: 'codes_sent' })
  codesSent!: number;

  @Column('timestamptz', { name: 'codes_since', nullable: true })
  codesSince!: Date | null;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;
}
