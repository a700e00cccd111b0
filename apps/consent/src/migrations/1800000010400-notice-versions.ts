import { appendOnly } from '@bayway/service';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Notices that rules officers write: one draft each, and published versions, which never change. Version 1 is built in. */
export class NoticeVersions1800000010400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table notice_draft (
        id text primary key check (length(id) <= 100),
        texts jsonb not null,
        edited_by uuid not null,
        edited_at timestamptz not null
      );
      create table notice_version (
        id text not null check (length(id) <= 100),
        version integer not null check (version > 1),
        texts jsonb not null,
        digest text not null check (length(digest) = 43),
        materiality text not null check (materiality in ('ask-again', 'inform', 'nothing')),
        matters jsonb not null,
        effective_from timestamptz not null,
        published_by uuid not null,
        published_at timestamptz not null,
        primary key (id, version),
        check (effective_from >= published_at)
      );
      create index ask_of_notice on ask (notice_id, notice_version);
    `);
    await appendOnly(runner, 'notice_version');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index ask_of_notice; drop table notice_version, notice_draft');
  }
}
