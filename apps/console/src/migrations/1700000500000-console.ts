import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sessions and sign-ins under way. */
export class Console1700000500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table session (
        id text primary key check (length(id) = 43),
        subject text not null,
        sealed_name text not null,
        sealed_tokens text not null,
        csrf text not null check (length(csrf) = 43),
        created_at timestamptz not null,
        seen_at timestamptz not null
      );
      create index session_seen on session (seen_at);

      create table sign_in (
        id text primary key check (length(id) = 43),
        browser text not null check (length(browser) = 43),
        sealed text not null,
        return_to text not null check (length(return_to) <= 300),
        expires_at timestamptz not null
      );
      create index sign_in_expiry on sign_in (expires_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table session, sign_in');
  }
}
