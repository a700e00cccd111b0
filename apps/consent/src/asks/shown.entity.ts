import type { Language } from '@bayway/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The exact bytes of an ask in one language, kept as proof of what she read. Append-only. */
@Entity('ask_shown')
export class ShownEntity {
  @PrimaryColumn('uuid', { name: 'ask_id' })
  askId!: string;

  /** SHA-256 of `html`, base64url. */
  @PrimaryColumn('text')
  digest!: string;

  @Column('text')
  language!: Language;

  @Column('text')
  title!: string;

  @Column('text')
  html!: string;

  @Column('timestamptz', { name: 'shown_at' })
  shownAt!: Date;
}
