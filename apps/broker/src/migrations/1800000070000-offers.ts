import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which requirements a dataset satisfies. */
export class Offers1800000070000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table dataset add column satisfies text[] not null default '{}'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table dataset drop column satisfies');
  }
}
