import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A permit as it was signed. Append-only: its insertion is the start of a release. */
@Entity('permit')
export class PermitEntity {
  @PrimaryColumn('uuid')
  jti!: string;

  @Column('uuid', { name: 'data_request_id' })
  dataRequestId!: string;

  @Column('text')
  jws!: string;

  @Column('timestamptz', { name: 'issued_at' })
  issuedAt!: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}
