import type { Materiality, Matter, NoticeTexts } from '@bayway/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { InLanguages } from './texts.js';

/** A published notice. Append-only. */
@Entity('notice_version')
export class NoticeVersionEntity {
  @PrimaryColumn('text')
  id!: string;

  @PrimaryColumn('int')
  version!: number;

  @Column('jsonb')
  texts!: InLanguages<NoticeTexts>;

  @Column('text')
  digest!: string;

  /** What the change from the version before asks for. */
  @Column('text')
  materiality!: Materiality;

  @Column('jsonb')
  matters!: Matter[];

  @Column('timestamptz', { name: 'effective_from' })
  effectiveFrom!: Date;

  @Column('uuid', { name: 'published_by' })
  publishedBy!: string;

  @Column('timestamptz', { name: 'published_at' })
  publishedAt!: Date;
}

/** What an officer is writing: may be unfinished. */
@Entity('notice_draft')
export class NoticeDraftEntity {
  @PrimaryColumn('text')
  id!: string;

  @Column('jsonb')
  texts!: Partial<InLanguages<Partial<NoticeTexts>>>;

  @Column('uuid', { name: 'edited_by' })
  editedBy!: string;

  @Column('timestamptz', { name: 'edited_at' })
  editedAt!: Date;
}
