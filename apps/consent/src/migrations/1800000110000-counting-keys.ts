import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The key of a holder's year, under which its persons are counted: made once, kept for the year, then destroyed. */
export class CountingKeys1800000110000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table counting_key (
        holder text not null,
        year integer not null check (year between 2000 and 9999),
        key text not null check (length(key) = 43),
        primary key (holder, year)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table counting_key');
  }
}
