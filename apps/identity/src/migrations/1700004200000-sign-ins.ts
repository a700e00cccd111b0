import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Each sign-in with what it rests on, and the devices a resident is known by. Both are kept for a time and swept. */
export class SignIns1700004200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table sign_in (
        id uuid primary key,
        resident_id uuid not null references resident,
        session_uid text not null,
        via text not null,
        upstream_sub text not null,
        level smallint not null check (level between 1 and 4),
        steps jsonb not null,
        client_id text not null,
        browser text,
        system text,
        new_device boolean not null,
        at timestamptz not null,
        ended_at timestamptz,
        expires_at timestamptz not null
      );
      create index sign_in_resident on sign_in (resident_id, at desc);
      create index sign_in_session on sign_in (session_uid);
      create index sign_in_upstream on sign_in (via, upstream_sub) where ended_at is null;
      create index sign_in_expiry on sign_in (expires_at);

      -- A keyed digest of a random cookie: it says only whether this browser has been here as this resident.
      create table device (
        resident_id uuid not null references resident,
        digest text not null check (length(digest) = 43),
        expires_at timestamptz not null,
        primary key (resident_id, digest)
      );
      create index device_expiry on device (expires_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table device, sign_in');
  }
}
