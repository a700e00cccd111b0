import { ActKind, type Answer, type Language } from '@bayway/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One answer of hers, as identity signed it. Append-only; its `jti` is the key, so that no act counts twice. */
@Entity('act')
export class ActEntity {
  @PrimaryColumn('uuid')
  jti!: string;

  @Column('uuid', { name: 'consent_id' })
  consentId!: string;

  @Column('text')
  kind!: ActKind;

  @Column('text')
  answer!: Answer;

  /** Rules of the register that ask for this act. */
  @Column('jsonb')
  rules!: string[];

  @Column('text', { name: 'shown_digest' })
  shownDigest!: string;

  @Column('text')
  language!: Language;

  @Column('timestamptz', { name: 'signed_at' })
  signedAt!: Date;

  @Column('text')
  jws!: string;
}

/** Acts in the order in which they are asked. */
export const inOrder = (acts: readonly ActEntity[]): ActEntity[] =>
  [...acts].sort((a, b) => ActKind.options.indexOf(a.kind) - ActKind.options.indexOf(b.kind));
