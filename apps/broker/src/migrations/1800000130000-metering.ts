import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The rows of requests are the meter: what ended when, on both sides, and about which dataset. */
export class Metering1800000130000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table incoming_request add column dataset text;
      create index data_request_settled on data_request (settled_at) where settled_at is not null;
      create index incoming_request_settled on incoming_request (settled_at) where settled_at is not null`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index data_request_settled, incoming_request_settled;
      alter table incoming_request drop column dataset`);
  }
}
