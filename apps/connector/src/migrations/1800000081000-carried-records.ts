import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files that people carry, by their digest, so that each is compared once. */
export class CarriedRecords1800000081000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table carried_record (
        digest text primary key check (length(digest) = 43),
        person text not null check (length(person) = 43),
        dataset text not null,
        items text[] not null,
        issued_at timestamptz not null,
        expires_at timestamptz not null,
        compared_at timestamptz,
        data_request_id uuid,
        check ((compared_at is null) = (data_request_id is null))
      );
      create index carried_record_person on carried_record (person, dataset);
      create index carried_record_expiry on carried_record (expires_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table carried_record');
  }
}
