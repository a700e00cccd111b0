import { appendOnly } from '@bayway/service';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** By which way a withdrawal came, and what holder and recipient signed about it. */
export class Withdrawals1800000020000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table withdrawal (
        consent_id uuid primary key references consent,
        channel text not null check (channel in ('portal', 'partner', 'writing', 'bulk')),
        -- The resident, the participant or the administrator.
        by text not null,
        reference text check (length(reference) <= 60),
        reason text check (length(reason) <= 500),
        received_on date,
        -- A recipient's withdrawal as it signed it; it counts once.
        jti uuid unique,
        signed text,
        at timestamptz not null,
        check (channel <> 'partner' or (jti is not null and signed is not null)),
        check (channel <> 'writing' or (reference is not null and reason is not null and received_on is not null)),
        check (channel <> 'bulk' or (reference is not null and reason is not null))
      );
      create index withdrawal_channel on withdrawal (channel, consent_id);

      alter table acknowledgement
        add column told_at timestamptz,
        add column statement text,
        add column delete_by date,
        add column due_at timestamptz,
        add column silent_since timestamptz;
      -- INVARIANT: whoever answered is not called silent afterwards.
      alter table acknowledgement add check (silent_since is null or at is null or at >= silent_since);
      create index acknowledgement_due on acknowledgement (due_at) where at is null and silent_since is null;
      create index acknowledgement_silent on acknowledgement (consent_id) where silent_since is not null;

      -- The list of causes is the type Cause; a bulk withdrawal is one of them.
      alter table consent_history drop constraint consent_history_cause_check;
      alter table consent_history add constraint consent_history_cause_check check (cause ~ '^[a-z-]{3,20}$');
    `);
    await appendOnly(runner, 'withdrawal');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table withdrawal;
      alter table acknowledgement drop column told_at, drop column statement, drop column delete_by, drop column due_at,
        drop column silent_since`);
  }
}
