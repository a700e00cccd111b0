import { appendOnly } from '@bayway/service';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const APPEND_ONLY = ['ask_shown', 'consent_history', 'act', 'receipt', 'permit'];

/** Asks, consents, permits and what belongs to them. */
export class Consents1800000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table ask (
        id uuid primary key,
        flow_id uuid not null unique,
        digest text not null unique check (length(digest) = 43),
        subject_kind text not null check (subject_kind in ('person', 'organisation')),
        subject_id uuid not null,
        subject_facts jsonb not null,
        detail jsonb not null,
        acts jsonb not null check (jsonb_array_length(acts) between 1 and 10),
        items jsonb not null check (jsonb_array_length(items) between 1 and 50),
        dropped jsonb not null,
        parties jsonb not null,
        level integer not null check (level between 1 and 4),
        notice_id text not null,
        notice_version integer not null check (notice_version > 0),
        notice_digest text not null check (length(notice_digest) = 43),
        own_assessment text not null,
        peer_assessment text,
        created_at timestamptz not null,
        expires_at timestamptz not null check (expires_at > created_at),
        answered_at timestamptz,
        -- INVARIANT: nobody answers an ask that has expired.
        check (answered_at is null or answered_at < expires_at)
      );

      create table ask_shown (
        ask_id uuid not null references ask,
        digest text not null check (length(digest) = 43),
        language text not null check (language in ('zh-Hant', 'zh-Hans', 'pt', 'en')),
        title text not null,
        html text not null check (length(html) <= 60000),
        shown_at timestamptz not null,
        primary key (ask_id, digest)
      );

      create table consent (
        id uuid primary key,
        ask_id uuid not null unique references ask,
        flow_id uuid not null,
        state text not null
          check (state in ('pending', 'given', 'refused', 'lapsed', 'withdrawn', 'expired', 'used-up')),
        subject_kind text not null check (subject_kind in ('person', 'organisation')),
        subject_id uuid not null,
        subject_facts jsonb not null,
        subject_handle text not null unique check (length(subject_handle) = 43),
        holder text not null,
        recipient text not null,
        detail jsonb not null,
        items jsonb not null,
        -- INVARIANT: no use beyond what she allowed.
        uses integer not null default 0 check (uses between 0 and max_uses),
        max_uses integer not null check (max_uses between 1 and 1000),
        decided_at timestamptz not null,
        lapses_at timestamptz not null,
        expires_at timestamptz not null,
        given_at timestamptz,
        ended_at timestamptz,
        end_told_at timestamptz,
        version integer not null,
        check ((state in ('pending', 'given')) = (ended_at is null)),
        check (state not in ('given', 'expired', 'used-up') or given_at is not null),
        check (state not in ('pending', 'refused', 'lapsed') or given_at is null),
        check (uses = 0 or given_at is not null),
        check (state = 'refused' or jsonb_array_length(items) > 0)
      );
      -- INVARIANT: one open consent per flow.
      create unique index consent_open on consent (flow_id) where state in ('pending', 'given');
      create index consent_of_subject on consent (subject_id, decided_at desc, id desc);
      create index consent_lapsing on consent (lapses_at) where state = 'pending';
      create index consent_expiring on consent (expires_at) where state = 'given';
      create index consent_untold on consent (ended_at) where ended_at is not null and end_told_at is null;

      -- INVARIANT: no way leads back (the table NEXT in consents/consent.ts).
      create function consent_moves_on() returns trigger language plpgsql as $$ begin
        if new.state <> old.state and not (
             old.state = 'pending' and new.state in ('given', 'lapsed', 'withdrawn')
          or old.state = 'given' and new.state in ('withdrawn', 'expired', 'used-up')
          or old.state in ('expired', 'used-up') and new.state = 'withdrawn') then
          raise exception 'consent % may not go from % to %', old.id, old.state, new.state;
        end if;
        if new.uses > old.uses and new.state <> 'given' then
          raise exception 'consent % is not in force', old.id;
        end if;
        return new;
      end $$;
      create trigger consent_moves_on before update on consent for each row execute function consent_moves_on();

      create table consent_history (
        consent_id uuid not null references consent,
        state text not null,
        at timestamptz not null,
        cause text not null check (cause in ('subject', 'redemption', 'time', 'release')),
        primary key (consent_id, state)
      );

      create table act (
        jti uuid primary key,
        consent_id uuid not null references consent,
        kind text not null,
        answer text not null check (answer in ('agree', 'refuse')),
        rules jsonb not null,
        shown_digest text not null,
        language text not null,
        signed_at timestamptz not null,
        jws text not null,
        unique (consent_id, kind)
      );

      create table receipt (
        id uuid primary key,
        consent_id uuid not null references consent,
        state text not null,
        jws text not null,
        issued_at timestamptz not null,
        unique (consent_id, state)
      );

      create table consent_use (
        data_request_id uuid primary key,
        consent_id uuid not null references consent,
        no integer not null check (no > 0),
        request_digest text not null check (length(request_digest) = 43),
        importer_assessment_digest text not null check (length(importer_assessment_digest) = 43),
        exporter_assessment_digest text not null check (length(exporter_assessment_digest) = 43),
        started_at timestamptz not null,
        released_at timestamptz,
        available_until timestamptz,
        received_at timestamptz,
        unique (consent_id, no),
        check (received_at is null or released_at is not null)
      );

      create table permit (
        jti uuid primary key,
        data_request_id uuid not null references consent_use,
        jws text not null,
        issued_at timestamptz not null,
        expires_at timestamptz not null,
        check (expires_at > issued_at and expires_at <= issued_at + interval '10 seconds')
      );
      create index permit_of_use on permit (data_request_id, issued_at desc);

      create table acknowledgement (
        consent_id uuid not null references consent,
        by text not null check (by in ('holder', 'recipient')),
        what text not null check (what in ('withdrawal', 'deletion')),
        at timestamptz,
        primary key (consent_id, by, what)
      );
    `);
    for (const table of APPEND_ONLY) await appendOnly(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table acknowledgement, permit, consent_use, receipt, act, consent_history, consent, ask_shown, ask;
      drop function consent_moves_on`);
  }
}
