import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What every service has: outbox, inbox, evidence records, and what was seen once and may not be seen again. */
export class Kit1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table outbox (
        seq bigint generated always as identity primary key,
        event_id uuid not null,
        subscriber text not null,
        subject text not null,
        aggregate text not null,
        data jsonb not null,
        attempts integer not null default 0,
        next_at timestamptz not null default now(),
        created_at timestamptz not null default now(),
        delivered_at timestamptz,
        unique (event_id, subscriber)
      );
      create index outbox_due on outbox (subscriber, aggregate, seq) where delivered_at is null;
      create index outbox_delivered on outbox (delivered_at) where delivered_at is not null;

      create table inbox (
        event_id uuid primary key,
        subject text not null,
        received_at timestamptz not null default now()
      );
      create index inbox_received on inbox (received_at);

      -- INVARIANT: append-only. Nobody but the owner may change a record; destroying a salt is the owner's act.
      create table evidence_record (
        id uuid primary key,
        type text not null,
        record jsonb not null,
        salt text,
        commitment text not null unique check (length(commitment) = 43),
        recorded_at timestamptz not null
      );
      create index evidence_record_at on evidence_record (recorded_at);

      create table border_message (
        jti uuid primary key,
        expires_at timestamptz not null
      );
      create index border_message_expiry on border_message (expires_at);

      create table dpop_proof (
        proof text primary key check (length(proof) = 43),
        expires_at timestamptz not null
      );
      create index dpop_proof_expiry on dpop_proof (expires_at);
    `);
    await appendOnly(runner, 'evidence_record');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table outbox, inbox, evidence_record, border_message, dpop_proof');
  }
}

/** Takes from the application role (named like the database) the right to change or delete rows of a table. */
export async function appendOnly(runner: QueryRunner, table: string): Promise<void> {
  await runner.query(`
    do $$ begin
      if exists (select 1 from pg_roles where rolname = current_database()) then
        execute format('revoke update, delete, truncate on ${table} from %I', current_database());
      end if;
    end $$`);
}
