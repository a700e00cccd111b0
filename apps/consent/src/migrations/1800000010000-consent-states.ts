import { appendOnly } from '@bayway/service';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * More states: deferred, renewed, paused, terminated, invalidated. A state may be entered more than once (paused and
 * resumed), so that history and receipts are told apart by order. Rows and statements of the release before still fit.
 */
export class ConsentStates1800000010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The checks that name states, whatever PostgreSQL called them.
      do $$ declare found record; begin
        for found in select conname from pg_constraint
          where conrelid = 'consent'::regclass and contype = 'c' and pg_get_constraintdef(oid) like '%state%'
        loop execute format('alter table consent drop constraint %I', found.conname); end loop;
      end $$;
      alter table consent
        add constraint consent_state_known check (state in ('pending', 'given', 'renewed', 'paused', 'refused',
          'lapsed', 'withdrawn', 'expired', 'used-up', 'terminated', 'invalidated')),
        add constraint consent_ended_or_not
          check ((state in ('pending', 'given', 'renewed', 'paused')) = (ended_at is null)),
        add constraint consent_begun
          check (state not in ('given', 'renewed', 'paused', 'expired', 'used-up', 'terminated', 'invalidated')
                 or given_at is not null),
        add constraint consent_not_begun check (state not in ('pending', 'refused', 'lapsed') or given_at is null),
        add constraint consent_has_items check (state = 'refused' or jsonb_array_length(items) > 0),
        add column renews uuid references consent,
        add constraint consent_renewed check (state <> 'renewed' or renews is not null);

      drop index consent_open;
      -- INVARIANT: one open consent per flow.
      create unique index consent_open on consent (flow_id) where state in ('pending', 'given', 'renewed', 'paused');
      drop index consent_expiring;
      create index consent_expiring on consent (expires_at) where state in ('given', 'renewed', 'paused');
      create index consent_renewals on consent (renews) where renews is not null;

      -- INVARIANT: no way leads back from an end (the table NEXT in consents/consent.ts).
      create or replace function consent_moves_on() returns trigger language plpgsql as $$ begin
        if new.state <> old.state and not (
             old.state = 'pending' and new.state in ('given', 'renewed', 'lapsed', 'withdrawn')
          or old.state in ('given', 'renewed')
             and new.state in ('paused', 'withdrawn', 'expired', 'used-up', 'terminated', 'invalidated')
          or old.state = 'paused'
             and new.state in ('given', 'renewed', 'withdrawn', 'expired', 'terminated', 'invalidated')
          or old.state in ('expired', 'used-up', 'terminated') and new.state = 'withdrawn') then
          raise exception 'consent % may not go from % to %', old.id, old.state, new.state;
        end if;
        if new.uses > old.uses and new.state not in ('given', 'renewed') then
          raise exception 'consent % is not in force', old.id;
        end if;
        return new;
      end $$;

      alter table consent_history
        drop constraint consent_history_pkey,
        add column seq bigint generated always as identity primary key,
        drop constraint consent_history_cause_check,
        -- The list of causes is the type Cause.
        add constraint consent_history_cause_check check (cause ~ '^[a-z-]{3,20}$');
      create index history_of_consent on consent_history (consent_id, seq);
      -- Each of these is entered once; only pausing repeats.
      create unique index history_once on consent_history (consent_id, state)
        where state not in ('given', 'renewed', 'paused');

      alter table receipt drop constraint receipt_consent_id_state_key;
      create index receipt_of_consent on receipt (consent_id, issued_at desc);

      create table ask_history (
        seq bigint generated always as identity primary key,
        ask_id uuid not null references ask,
        state text not null check (state in ('requested', 'deferred')),
        at timestamptz not null,
        unique (ask_id, state)
      );
      alter table ask add column template text;
      create index use_of_consent on consent_use (consent_id, started_at);
    `);
    await appendOnly(runner, 'ask_history');
  }

  async down(): Promise<void> {
    // Forward only: rows in the new states have no place in the old table.
    await Promise.resolve();
  }
}
