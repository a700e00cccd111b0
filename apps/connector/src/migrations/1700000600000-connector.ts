import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was released, without its content: the ciphertext lies in a file of the staging folder. */
export class Connector1700000600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table release (
        -- INVARIANT: one release per request.
        data_request_id uuid primary key,
        consent_id uuid not null,
        request_digest text not null check (length(request_digest) = 43),
        -- INVARIANT: a permit serves once, across all instances.
        permit_jti uuid not null unique,
        permit text not null,
        file text not null unique,
        ciphertext_digest text not null check (length(ciphertext_digest) = 43),
        size integer not null check (size > 0),
        commitment text not null check (length(commitment) = 43),
        released_at timestamptz not null,
        available_until timestamptz not null check (available_until > released_at),
        destroyed_at timestamptz
      );
      create index release_of_consent on release (consent_id) where destroyed_at is null;
      create index release_staged on release (available_until) where destroyed_at is null;

      -- Consents that have ended: nothing is staged for them any more, whatever arrives late.
      create table ended_consent (
        consent_id uuid primary key,
        ended_at timestamptz not null
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table release, ended_consent');
  }
}
