import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The other two logs as this service follows them. */
export class Monitor1700000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The largest tree of each other log whose continuation of the one before was proven to this service.
      create table followed (
        origin text primary key,
        size bigint not null check (size >= 0),
        root bytea not null check (length(root) = 32),
        note text not null check (length(note) <= 300000),
        checked_at timestamptz not null default now()
      );

      -- INVARIANT: as what was witnessed, it never shrinks and never changes at the same size.
      create trigger followed_only_grows before update on followed
        for each row execute function witnessed_only_grows();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table followed');
  }
}
