import { appendOnly } from '@bayway/service';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reservations that expire, signatures of instruments, reminders, pages of assessments. */
export class Rules1700000002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- A reservation that was freed stays known, so that a release that is learnt of late is counted all the same.
      alter table counter_reservation add column expires_at timestamptz, add column freed_at timestamptz,
        add check (not confirmed or (expires_at is null and freed_at is null));
      create index counter_reservation_expiring on counter_reservation (expires_at)
        where expires_at is not null and freed_at is null;

      alter table instrument add column signed_on date, add check (signed_on <= effective_on);

      -- INVARIANT: append-only. One row for each thing that somebody was reminded of; instruments are loaded anew at
      -- each start, so that a reminder names one and does not refer to it.
      create table instrument_reminder (
        id bigint generated always as identity primary key,
        holder text not null,
        importer text not null,
        recipient text not null,
        kind text not null,
        effective_on date not null,
        reason text not null check (reason in ('filing-due', 'filing-overdue', 'validity-ends')),
        due_on date,
        reminded_at timestamptz not null,
        unique (holder, importer, recipient, kind, effective_on, reason)
      );

      create index assessment_page on assessment (made_at, id);
      create index assessment_request on assessment (request_digest);
    `);
    await appendOnly(runner, 'instrument_reminder');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index assessment_page, assessment_request;
      drop table instrument_reminder;
      alter table instrument drop column signed_on;
      delete from counter_reservation where freed_at is not null;
      alter table counter_reservation drop column expires_at, drop column freed_at`);
  }
}
