import type { MigrationInterface, QueryRunner } from 'typeorm';

/** By which power an ask is answered for somebody, and what the organisation it is about is called. */
export class Mandates1800000240000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table ask
        add column power_id uuid references representation,
        add column subject_name text check (length(subject_name) <= 120),
        add check (power_id is null or acting_as <> 'self'),
        -- INVARIANT: no name of a person is kept.
        add check (subject_name is null or subject_kind = 'organisation')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table ask drop column power_id, drop column subject_name');
  }
}
