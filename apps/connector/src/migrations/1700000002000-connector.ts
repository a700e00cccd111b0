import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Releases, and consents under which none may start any more. */
export class Connector1700000002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table release (
        data_request_id uuid constraint release_data_request primary key,
        consent_id uuid not null,
        importer text not null check (importer in ('hk', 'mo', 'cn')),
        recipient text not null,
        jti uuid not null,
        request_digest text not null check (length(request_digest) = 43),
        importer_assessment_digest text not null check (length(importer_assessment_digest) = 43),
        exporter_assessment_digest text not null check (length(exporter_assessment_digest) = 43),
        permit_jti uuid not null constraint release_permit unique,
        permit text not null,
        record_digest text not null check (length(record_digest) = 43),
        ciphertext_digest text not null check (length(ciphertext_digest) = 43),
        size integer not null check (size > 0),
        commitment text not null check (length(commitment) = 43),
        file text unique,
        staged_at timestamptz not null,
        available_until timestamptz not null,
        destroyed_at timestamptz,
        constraint release_request unique (importer, recipient, jti),
        check ((file is null) = (destroyed_at is not null)),
        check (available_until <= staged_at + interval '15 minutes')
      );
      create index release_staged on release (available_until) where file is not null;
      create index release_consent on release (consent_id);

      create table ended_consent (
        consent_id uuid primary key,
        state text not null,
        ended_at timestamptz not null
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table ended_consent, release');
  }
}
