import { appendOnly } from '@bayway/service';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Webhooks to this jurisdiction's partners, and what they sign about consents that ended. */
export class Webhooks1800000020000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table party add column webhook text check (length(webhook) <= 300);
      alter table ended_consent add column recipient text;

      create table webhook (
        -- The webhook's own id, the same in every attempt.
        id uuid primary key,
        partner text not null references party,
        consent_id uuid not null,
        consent_state text not null,
        consent_ended_at timestamptz not null,
        state text not null check (state in ('waiting', 'delivered', 'given-up')),
        attempts integer not null default 0,
        next_at timestamptz not null,
        created_at timestamptz not null,
        settled_at timestamptz,
        -- Why the last attempt failed: a code, never what the partner wrote.
        failure text check (length(failure) <= 60),
        check ((state = 'waiting') = (settled_at is null))
      );
      create index webhook_due on webhook (next_at) where state = 'waiting';
      create index webhook_of_consent on webhook (consent_id);

      create table end_statement (
        jti uuid primary key,
        exporter text not null,
        consent_id uuid not null,
        what text not null check (what in ('withdrawal', 'deletion')),
        statement text not null,
        at timestamptz not null,
        unique (exporter, consent_id, what)
      );
    `);
    await appendOnly(runner, 'end_statement');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table end_statement, webhook;
      alter table ended_consent drop column recipient;
      alter table party drop column webhook`);
  }
}
