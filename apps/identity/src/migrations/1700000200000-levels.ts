import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A link is as strong as the sign-ins that made it; a request pushed again is the same request or none. */
export class Levels1700000200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table link add column level smallint not null default 1 check (level between 1 and 4);
      alter table sign_in_step add column peer_level smallint check (peer_level between 1 and 4);
      alter table data_flow add column detail_digest text not null default '';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table link drop column level;
      alter table sign_in_step drop column peer_level;
      alter table data_flow drop column detail_digest;
    `);
  }
}
