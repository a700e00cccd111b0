import type { RepresentationView } from '@bayway/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Representation } from './representation.js';

/** A power to act for somebody, with the proof that was seen. Append-only. */
@Entity('representation')
export class RepresentationEntity implements Representation {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  kind!: 'guardian' | 'signatory';

  @Column('uuid', { name: 'subject_id' })
  subjectId!: string;

  @Column('uuid', { name: 'actor_id' })
  actorId!: string;

  @Column('text')
  relation!: 'parent' | 'guardian' | 'officer' | 'agent';

  @Column('text', { name: 'proof_kind' })
  proofKind!: RepresentationView['proof']['kind'];

  @Column('text', { name: 'proof_digest' })
  proofDigest!: string;

  @Column('jsonb', { nullable: true })
  datasets!: string[] | null;

  @Column('date', { name: 'valid_from' })
  validFrom!: string;

  @Column('date', { name: 'valid_until' })
  validUntil!: string;

  @Column('uuid', { name: 'recorded_by' })
  recordedBy!: string;

  @Column('timestamptz', { name: 'recorded_at' })
  recordedAt!: Date;
}

/** A power that was taken back. Append-only. */
@Entity('representation_end')
export class RepresentationEndEntity {
  @PrimaryColumn('uuid', { name: 'representation_id' })
  representationId!: string;

  @Column('uuid', { name: 'recorded_by' })
  recordedBy!: string;

  @Column('timestamptz')
  at!: Date;
}
