import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Whose it is: the two never mix. */
export type SessionKind = 'resident' | 'administrator';

/** A session: the browser has the name of it, everything else stays here, tokens sealed. */
@Entity('session')
export class SessionEntity {
  /** Digest of the cookie's value. */
  @PrimaryColumn('text')
  id!: string;

  @Column('text')
  kind!: SessionKind;

  @Column('text')
  subject!: string;

  /** Her name as her document has it, sealed. */
  @Column('text', { name: 'sealed_name' })
  sealedName!: string;

  /** Access token, ID token and the key they are bound to, sealed. */
  @Column('text', { name: 'sealed_tokens' })
  sealedTokens!: string;

  /** Against forged forms. */
  @Column('text')
  csrf!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'seen_at' })
  seenAt!: Date;
}

/** A sign-in that has begun and not come back yet. */
@Entity('sign_in')
export class SignInEntity {
  /** Digest of the `state`. */
  @PrimaryColumn('text')
  id!: string;

  @Column('text')
  kind!: SessionKind;

  /** Digest of the browser's cookie for this sign-in. */
  @Column('text')
  browser!: string;

  /** Verifier, nonce and key, sealed. */
  @Column('text')
  sealed!: string;

  @Column('text', { name: 'return_to' })
  returnTo!: string;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}
