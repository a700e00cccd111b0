import { appendOnly } from '@bayway/service';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The log, its checkpoints and cosignatures, what this witness signed for others, the key directory, and alarms. */
export class Evidence1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Commitments taken in and not yet sequenced.
      create table pending_entry (
        seq bigint generated always as identity primary key,
        commitment bytea not null unique check (length(commitment) = 32),
        queued_at timestamptz not null default now()
      );

      -- INVARIANT: append-only, without gaps: index n is the n-th leaf of the tree.
      create table log_entry (
        index bigint primary key check (index >= 0),
        commitment bytea not null unique check (length(commitment) = 32)
      );

      -- Hashes of complete subtrees of 256^level entries; level 0 follows from log_entry.
      create table tile_hash (
        level smallint not null check (level between 1 and 6),
        index bigint not null check (index >= 0),
        hash bytea not null check (length(hash) = 32),
        primary key (level, index)
      );

      -- INVARIANT: one checkpoint a size, for ever. A second one of the same size would be a fork.
      create table checkpoint (
        size bigint primary key check (size >= 0),
        root bytea not null check (length(root) = 32),
        peaks bytea not null check (length(peaks) % 32 = 0),
        note text not null,
        signed_at timestamptz not null default now()
      );

      create table cosignature (
        size bigint not null references checkpoint,
        witness text not null,
        line text not null,
        cosigned_at timestamptz not null,
        primary key (size, witness)
      );

      -- The largest tree of each other log that this witness has signed.
      create table witnessed (
        origin text primary key,
        size bigint not null check (size >= 0),
        root bytea not null check (length(root) = 32),
        note text not null,
        cosigned_at timestamptz not null default now()
      );

      -- INVARIANT: what was witnessed once never shrinks and never changes at the same size.
      create function witnessed_only_grows() returns trigger language plpgsql as $$
      begin
        if new.origin <> old.origin or new.size < old.size or (new.size = old.size and new.root <> old.root) then
          raise exception 'a witnessed tree only grows';
        end if;
        return new;
      end $$;
      create trigger witnessed_only_grows before update on witnessed
        for each row execute function witnessed_only_grows();

      create table directory_line (
        index integer primary key check (index >= 0),
        line text not null
      );

      create table alarm (
        id bigint generated always as identity primary key,
        kind text not null,
        subject text not null,
        evidence text not null check (length(evidence) <= 100000),
        digest text not null,
        raised_at timestamptz not null default now(),
        unique (kind, subject, digest)
      );
    `);
    for (const table of ['log_entry', 'tile_hash', 'checkpoint', 'cosignature', 'directory_line', 'alarm'])
      await appendOnly(runner, table);
    await keepWitnessed(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table pending_entry, log_entry, tile_hash, cosignature, checkpoint, witnessed, directory_line, alarm;
      drop function witnessed_only_grows`);
  }
}

/** The service itself cannot forget what it has witnessed. */
async function keepWitnessed(runner: QueryRunner): Promise<void> {
  await runner.query(`
    do $$ begin
      if exists (select 1 from pg_roles where rolname = current_database()) then
        execute format('revoke delete, truncate on witnessed from %I', current_database());
      end if;
    end $$`);
}
