import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Lets a long log grow as fast as a short one. An index over all commitments has new ones in all of its pages, and after
 * every checkpoint of PostgreSQL each touched page goes to the write-ahead log as a whole. Led by the segment of 2^20
 * entries, the same index is written in its newest part only. Whether an entry is new to the whole log is the sequencer's
 * to know; within a segment PostgreSQL refuses a second one.
 */
export class GrowingLog1700000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create unique index log_entry_by_segment on log_entry ((index >> 20), commitment);
      alter table log_entry drop constraint log_entry_commitment_key;
      alter table pending_entry drop constraint pending_entry_commitment_key;
      analyze log_entry`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from pending_entry p using pending_entry q where q.commitment = p.commitment and q.seq < p.seq;
      alter table pending_entry add unique (commitment);
      alter table log_entry add unique (commitment);
      drop index log_entry_by_segment`);
  }
}
