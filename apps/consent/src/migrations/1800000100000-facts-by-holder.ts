import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A connector hears the facts of its own holder only: those written before name the holder too, and go to its connector. */
export class FactsByHolder1800000100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      update outbox o
         set data = o.data || jsonb_build_object('holder', c.holder),
             subscriber = case o.subscriber when 'connector' then 'connector.' || c.holder else o.subscriber end
        from consent c
       where o.subject = 'consent.ended.v1' and not o.data ? 'holder' and c.id = (o.data ->> 'consentId')::uuid
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      update outbox set data = data - 'holder', subscriber = split_part(subscriber, '.', 1)
       where subject = 'consent.ended.v1'
    `);
  }
}
