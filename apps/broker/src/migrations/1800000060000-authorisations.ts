import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Notifications to the authority of Macao and its authorisations; what a holder undertakes for a dataset. */
export class Authorisations1800000060000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table authorisation (
        holder text not null references party,
        importer text not null check (importer in ('hk', 'mo', 'cn')),
        recipient text not null,
        dataset text not null,
        notified_on date,
        authorised_on date,
        primary key (holder, importer, recipient, dataset)
      );
      alter table dataset add column service_level jsonb;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table dataset drop column service_level; drop table authorisation;');
  }
}
