import { appendOnly } from '@bayway/service';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Her inbox, her mail settings, and what she says is wrong. */
export class Notifications1800000020100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table notification (
        id uuid primary key,
        -- INVARIANT: one event is told once, however often it is delivered.
        key text not null unique check (length(key) <= 200),
        subject_id uuid not null,
        kind text not null,
        consent_id uuid references consent,
        data_request_id uuid,
        at timestamptz not null,
        read_at timestamptz,
        mail text not null default 'none'
          check (mail in ('none', 'waiting', 'digest', 'sending', 'sent', 'failed')),
        mail_attempts integer not null default 0 check (mail_attempts between 0 and 20),
        mail_at timestamptz,
        check ((mail in ('none', 'failed')) = (mail_at is null))
      );
      create index notification_of_subject on notification (subject_id, at desc, id desc);
      create index notification_unread on notification (subject_id) where read_at is null;
      create index notification_mail on notification (mail_at) where mail in ('waiting', 'digest', 'sending');

      create table notification_settings (
        subject_id uuid primary key,
        language text not null check (language in ('zh-Hant', 'zh-Hans', 'pt', 'en')),
        mail jsonb not null,
        -- Addresses are sealed under a key derived from KEK; nobody finds one in a copy of the database.
        address text check (length(address) <= 1000),
        awaiting text check (length(awaiting) <= 1000),
        code_digest text,
        code_until timestamptz,
        code_tries integer not null default 0 check (code_tries between 0 and 5),
        codes_sent integer not null default 0,
        codes_since timestamptz,
        updated_at timestamptz not null,
        check ((awaiting is null) = (code_digest is null) and (awaiting is null) = (code_until is null))
      );

      create table objection (
        id uuid primary key,
        consent_id uuid not null references consent,
        data_request_id uuid references consent_use,
        about text not null check (about in ('wrong', 'not-mine')),
        at timestamptz not null
      );
      create unique index objection_once
        on objection (consent_id, about, coalesce(data_request_id, '00000000-0000-0000-0000-000000000000'));

      -- Consents whose last day comes near: see expiry.service.ts.
      create table expiry_told (
        consent_id uuid primary key references consent,
        at timestamptz not null
      );
    `);
    for (const table of ['objection', 'expiry_told']) await appendOnly(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table expiry_told, objection, notification_settings, notification');
  }
}
