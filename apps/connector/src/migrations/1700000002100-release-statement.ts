import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The holder's signed statement of a release, for the evidence bundle. */
export class ReleaseStatement1700000002100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table release add column statement text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table release drop column statement');
  }
}
