import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A record that was released: staged ciphertext until it is fetched and receipted, at most fifteen minutes. */
@Entity('release')
export class ReleaseEntity {
  @PrimaryColumn('uuid', { name: 'data_request_id' })
  dataRequestId!: string;

  @Column('uuid', { name: 'consent_id' })
  consentId!: string;

  @Column('text', { name: 'request_digest' })
  requestDigest!: string;

  @Column('uuid', { name: 'permit_jti' })
  permitJti!: string;

  @Column('text')
  permit!: string;

  /** Name of the file in the staging folder. */
  @Column('text')
  file!: string;

  @Column('text', { name: 'ciphertext_digest' })
  ciphertextDigest!: string;

  @Column('integer')
  size!: number;

  @Column('text')
  commitment!: string;

  @Column('timestamptz', { name: 'released_at' })
  releasedAt!: Date;

  @Column('timestamptz', { name: 'available_until' })
  availableUntil!: Date;

  @Column('timestamptz', { name: 'destroyed_at', nullable: true })
  destroyedAt!: Date | null;
}
