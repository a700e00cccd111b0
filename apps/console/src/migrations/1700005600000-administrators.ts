import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A session and a sign-in are a resident's or an administrator's, never both. */
export class Administrators1700005600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table session add column kind text not null default 'resident' check (kind in ('resident', 'administrator'));
      alter table sign_in add column kind text not null default 'resident' check (kind in ('resident', 'administrator'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table session drop column kind; alter table sign_in drop column kind');
  }
}
