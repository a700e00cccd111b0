import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Facts that their subscriber refuses again and again: set aside until somebody looked. */
export class DeadLetters1700000000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table outbox
        -- How often the subscriber answered that it does not take it; silence does not count.
        add column refusals integer not null default 0,
        -- The code of the last refusal, never what was in it.
        add column failure text check (length(failure) <= 60),
        add column dead_at timestamptz;
      create index outbox_dead on outbox (dead_at) where dead_at is not null`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table outbox drop column refusals, drop column failure, drop column dead_at');
  }
}
