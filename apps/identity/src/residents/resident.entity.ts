import type { SubjectKind } from '@bayway/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Somebody this jurisdiction knows: a person, or an organisation that a person signs for. */
@Entity('resident')
export class ResidentEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  kind!: SubjectKind;

  /** As the document has it. */
  @Column('text')
  name!: string;

  @Column('text', { name: 'name_latin', nullable: true })
  nameLatin!: string | null;

  @Column('date', { name: 'born_on', nullable: true })
  bornOn!: string | null;

  /** Level of the last sign-in. */
  @Column('smallint')
  level!: number;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;
}

/** A document of a resident; its number can be read by this service only. */
@Entity('resident_document')
export class ResidentDocumentEntity {
  @PrimaryColumn('uuid', { name: 'resident_id' })
  residentId!: string;

  @PrimaryColumn('text')
  kind!: string;

  /** Keyed digest of what two presentations of the document have in common. */
  @PrimaryColumn('text', { name: 'match_digest' })
  matchDigest!: string;

  @Column('bytea')
  sealed!: Buffer;
}

/** An account at a city's identity provider. */
@Entity('upstream_account')
export class UpstreamAccountEntity {
  @PrimaryColumn('text')
  issuer!: string;

  @PrimaryColumn('text')
  sub!: string;

  @Column('uuid', { name: 'resident_id' })
  residentId!: string;

  @Column('timestamptz', { name: 'last_used_at' })
  lastUsedAt!: Date;
}
