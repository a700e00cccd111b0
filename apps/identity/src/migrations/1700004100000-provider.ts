import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Clients that register themselves, and the provider's own RS256 keys. Secrets and private keys are sealed. */
export class Provider1700004100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table oauth_client (
        id text primary key,
        metadata jsonb not null,
        secret bytea,
        created_at timestamptz not null default now(),
        last_used_on date not null default current_date
      );
      create index oauth_client_unused on oauth_client (last_used_on);
      create index oidc_artifact_registration on oidc_artifact ((payload ->> 'clientId'))
        where model = 'RegistrationAccessToken';

      create table signing_key (
        kid text primary key,
        sealed bytea not null,
        signs_from timestamptz not null,
        created_at timestamptz not null default now()
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table signing_key, oauth_client; drop index oidc_artifact_registration');
  }
}
