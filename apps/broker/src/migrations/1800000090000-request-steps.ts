import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Steps and deadlines of requests on both sides; what partners are told when a request is settled. */
export class RequestSteps1800000090000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table data_request
        add column history jsonb not null default '[]' check (jsonb_array_length(history) <= 100),
        add column waiting jsonb,
        add column deadline_at timestamptz not null default now() + interval '90 minutes',
        drop constraint data_request_state_check,
        add constraint data_request_state_check check (state in
          ('sent', 'ready', 'delivered', 'receipted', 'refused', 'failed', 'expired', 'cancelled', 'ended')),
        add constraint data_request_waiting_check check (waiting is null or state = 'sent');
      create index data_request_deadline on data_request (deadline_at) where state = 'sent';
      create index data_request_of_partner on data_request (recipient, created_at desc, id desc);
      create index data_request_changed on data_request (recipient, (history -> -1 ->> 'at'));

      alter table incoming_request
        add column history jsonb not null default '[]' check (jsonb_array_length(history) <= 100),
        drop constraint incoming_request_state_check,
        add constraint incoming_request_state_check check (state in
          ('arrived', 'assessed', 'released', 'refused', 'failed', 'expired', 'cancelled'));

      alter table webhook
        alter column consent_id drop not null,
        alter column consent_state drop not null,
        alter column consent_ended_at drop not null,
        add column data_request_id uuid references data_request,
        add column request_state text,
        add column problem text,
        add constraint webhook_about check ((consent_id is null) <> (data_request_id is null)),
        add constraint webhook_of_consent_check
          check (consent_id is null or (consent_state is not null and consent_ended_at is not null)),
        add constraint webhook_of_request_check check (data_request_id is null or request_state is not null);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from webhook where data_request_id is not null;
      alter table webhook
        drop column data_request_id, drop column request_state, drop column problem,
        alter column consent_id set not null, alter column consent_state set not null,
        alter column consent_ended_at set not null;
      alter table incoming_request drop column history;
      drop index data_request_of_partner, data_request_changed;
      alter table data_request drop column deadline_at, drop column waiting, drop column history`);
  }
}
