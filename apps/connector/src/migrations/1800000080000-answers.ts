import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which answers were given, so that they do not add up to the record; never what they were. */
export class Answers1800000080000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table answer_given (
        data_request_id uuid not null,
        answer text not null,
        person text not null check (length(person) = 43),
        dataset text not null,
        importer text not null check (importer in ('hk', 'mo', 'cn')),
        recipient text not null,
        given_at timestamptz not null,
        primary key (data_request_id, answer)
      );
      create index answer_given_about on answer_given (person, dataset, importer, recipient, given_at);
      create index answer_given_at on answer_given (given_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table answer_given');
  }
}
