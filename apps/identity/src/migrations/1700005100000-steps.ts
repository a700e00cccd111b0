import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an authorization request has seen so far is kept in its interaction. */
export class Steps1700005100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('drop table sign_in_step');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table sign_in_step (
        cid text primary key,
        language text,
        silent_tried boolean not null default false,
        peer text,
        peer_sub text,
        peer_level smallint check (peer_level between 1 and 4),
        refused text,
        expires_at timestamptz not null
      );
      create index sign_in_step_expiry on sign_in_step (expires_at)`);
  }
}
