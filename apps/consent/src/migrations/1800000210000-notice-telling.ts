import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far the telling of a changed notice is: the last consent that was looked at, how many were told, and when it was done. */
export class NoticeTelling1800000210000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table notice_telling (
        notice_id text not null,
        version integer not null,
        after uuid,
        told integer not null default 0 check (told >= 0),
        done_at timestamptz,
        primary key (notice_id, version),
        foreign key (notice_id, version) references notice_version (id, version)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table notice_telling');
  }
}
