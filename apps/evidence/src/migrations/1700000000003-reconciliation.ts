import { appendOnly } from '@bayway/service';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What this service has published as its reconciliations. */
export class Reconciliation1700000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table reconciliation (
        id bigint generated always as identity primary key,
        report jsonb not null check (pg_column_size(report) <= 20000)
      )`);
    await appendOnly(runner, 'reconciliation');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table reconciliation');
  }
}
