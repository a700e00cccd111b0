import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What administrators search by, bulk withdrawals, and the end of salts. */
export class Administration1800000020200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Every filter has an index that ends in the order of a page, so that a page is read and never sorted.
      create index consent_by_time on consent (decided_at desc, id desc);
      create index consent_by_state on consent (state, decided_at desc, id desc);
      create index consent_by_holder on consent (holder, decided_at desc, id desc);
      create index consent_by_recipient on consent (recipient, decided_at desc, id desc);
      create index consent_by_dataset on consent ((detail->>'dataset'), decided_at desc, id desc);
      create index consent_by_purpose on consent ((detail->'purpose'->>'code'), decided_at desc, id desc);
      create index consent_by_importer on consent ((detail->>'importer'), decided_at desc, id desc);
      create index consent_by_last_day on consent (expires_at, decided_at desc, id desc);
      create index ask_notice on ask (notice_id);
      create index objection_of_consent on objection (consent_id);
      create index evidence_of_consent on evidence_record ((record->>'consentId'), recorded_at);

      create table bulk_withdrawal (
        id uuid primary key,
        state text not null check (state in ('proposed', 'running', 'done', 'cancelled')),
        filter jsonb not null,
        reason text not null check (length(reason) between 10 and 500),
        reference text not null check (length(reference) <= 60),
        proposed_by uuid not null,
        proposed_at timestamptz not null,
        decided_by uuid,
        decided_at timestamptz,
        ended_at timestamptz,
        set_digest text not null check (length(set_digest) = 43),
        total integer not null check (total between 1 and 100000),
        withdrawn integer not null default 0,
        passed_over integer not null default 0,
        check (withdrawn + passed_over <= total),
        -- INVARIANT: four eyes. Nobody approves what she proposed herself.
        check (state not in ('running', 'done') or decided_by is not null and decided_by <> proposed_by),
        check ((state in ('done', 'cancelled')) = (ended_at is not null))
      );
      create index bulk_withdrawal_running on bulk_withdrawal (decided_at) where state = 'running';
      create index bulk_withdrawal_time on bulk_withdrawal (proposed_at desc, id desc);

      -- INVARIANT: the set is frozen. Rows come with the proposal; only their outcome is written later.
      create table bulk_withdrawal_item (
        bulk_id uuid not null references bulk_withdrawal,
        no integer not null,
        consent_id uuid not null references consent,
        outcome text check (outcome in ('withdrawn', 'passed-over')),
        primary key (bulk_id, no),
        unique (bulk_id, consent_id)
      );
      create index bulk_withdrawal_open on bulk_withdrawal_item (bulk_id, no) where outcome is null;

      create table retention (
        consent_id uuid primary key references consent,
        salts integer not null,
        at timestamptz not null
      );
      create index consent_ended on consent (ended_at) where ended_at is not null;
    `);
    await this.destroyer(runner);
  }

  /** The one way in which an evidence record changes: its owner destroys the salt, years after the consent ended. */
  private async destroyer(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function destroy_salts(consent uuid, years integer) returns integer
        language plpgsql security definer set search_path = public, pg_temp as $$
      declare destroyed integer;
      begin
        if years < 7 or not exists (
          select 1 from consent c where c.id = consent and c.ended_at < now() - make_interval(years => years)) then
          raise exception 'salts of consent % are kept', consent;
        end if;
        update evidence_record set salt = null where record->>'consentId' = consent::text and salt is not null;
        get diagnostics destroyed = row_count;
        return destroyed;
      end $$;
      revoke all on function destroy_salts from public;
      do $$ begin
        if exists (select 1 from pg_roles where rolname = current_database()) then
          execute format('grant execute on function destroy_salts to %I', current_database());
          execute format('revoke delete, truncate on bulk_withdrawal, bulk_withdrawal_item, retention from %I', current_database());
        end if;
      end $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function destroy_salts;
      drop table retention, bulk_withdrawal_item, bulk_withdrawal;
      drop index consent_by_time, consent_by_state, consent_by_holder, consent_by_recipient, consent_by_dataset,
        consent_by_purpose, consent_by_importer, consent_by_last_day, ask_notice, objection_of_consent,
        evidence_of_consent, consent_ended`);
  }
}
