import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a dataset answers without passing its record on. */
export class Answers1800000080000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table dataset add column answers jsonb not null default '[]'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table dataset drop column answers');
  }
}
