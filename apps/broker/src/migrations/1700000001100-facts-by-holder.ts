import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A connector hears the facts of its own holder only: those written before go to the connector of the holder they name. */
export class FactsByHolder1700000001100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      update outbox set subscriber = 'connector.' || (data ->> 'holder')
       where subject = 'broker.release-receipted.v1' and subscriber = 'connector'
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      update outbox set subscriber = 'connector'
       where subject = 'broker.release-receipted.v1' and subscriber like 'connector.%'
    `);
  }
}
