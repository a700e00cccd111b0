import { appendOnly } from '@bayway/service';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Participants, assessments, yearly counters, requests of both sides, ends of consents. */
export class Broker1700000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table party (
        id text primary key,
        name jsonb not null,
        place text not null,
        kind text not null,
        sector text,
        role text not null check (role in ('independent', 'entrusted')),
        ciio boolean,
        contact jsonb not null,
        authority jsonb not null,
        status text not null check (status in ('active', 'suspended'))
      );

      create table dataset (
        holder text not null references party,
        id text not null,
        name jsonb not null,
        subjects text[] not null check (cardinality(subjects) > 0 and subjects <@ array['person', 'organisation']),
        level smallint not null check (level between 1 and 4),
        modes text[] not null,
        collected_for text,
        items jsonb not null,
        primary key (holder, id)
      );

      create table instrument (
        holder text not null references party,
        importer text not null check (importer in ('hk', 'mo', 'cn')),
        recipient text not null,
        kind text not null,
        effective_on date not null,
        valid_until date,
        filed_on date,
        filed_with text,
        template_unaltered boolean not null,
        datasets text[] not null,
        purposes text[] not null,
        primary key (holder, importer, recipient, kind, effective_on)
      );

      create table impact_assessment (
        holder text not null references party,
        importer text not null check (importer in ('hk', 'mo', 'cn')),
        recipient text not null,
        dataset text not null,
        done_on date not null,
        primary key (holder, importer, recipient, dataset)
      );

      -- INVARIANT: append-only, so that every assessment can be replayed over the facts it was made from.
      create table assessment (
        id uuid primary key,
        stage text not null check (stage in ('ask', 'release')),
        request_digest text not null check (length(request_digest) = 43),
        flow_id uuid not null,
        facts jsonb not null,
        facts_digest text not null check (length(facts_digest) = 43),
        pack_version text not null,
        pack_digest text not null check (length(pack_digest) = 43),
        outcome text not null,
        proceeds boolean not null,
        jws text not null,
        made_at timestamptz not null
      );
      create index assessment_flow on assessment (flow_id);

      create table assessed_flow (
        flow_id uuid primary key,
        detail jsonb not null,
        exporter_part jsonb not null,
        acts text[] not null,
        assessed_at timestamptz not null
      );

      create table yearly_counter (
        holder text not null,
        year smallint not null,
        class text not null check (class in ('general', 'sensitive')),
        people integer not null default 0 check (people >= 0),
        primary key (holder, year, class)
      );
      create table counted_person (
        holder text not null,
        year smallint not null,
        class text not null,
        counted_as text not null check (length(counted_as) = 43),
        primary key (holder, year, class, counted_as)
      );
      create table counter_reservation (
        data_request_id uuid primary key,
        holder text not null,
        year smallint not null,
        class text not null,
        counted_as text not null,
        confirmed boolean not null default false,
        foreign key (holder, year, class) references yearly_counter
      );
      create index counter_reservation_person on counter_reservation (holder, year, class, counted_as);

      create table data_request (
        id uuid primary key,
        recipient text not null references party,
        idempotency_key text not null,
        jti uuid not null,
        exporter text not null check (exporter in ('hk', 'mo', 'cn')),
        holder text not null,
        dataset text not null,
        flow_id uuid not null,
        consent_id uuid not null,
        signed_request text not null,
        request_digest text not null check (length(request_digest) = 43),
        own_assessment text,
        exporter_assessment text,
        state text not null check (state in ('sent', 'ready', 'delivered', 'receipted', 'refused', 'failed', 'ended')),
        refusal jsonb,
        problem text,
        release jsonb,
        receipt text,
        created_at timestamptz not null,
        settled_at timestamptz,
        delivered_at timestamptz,
        receipted_at timestamptz,
        unique (recipient, idempotency_key),
        unique (recipient, jti),
        check ((state = 'sent') = (settled_at is null)),
        check (state not in ('ready', 'delivered', 'receipted') or (release is not null and exporter_assessment is not null)),
        check (state not in ('refused', 'failed') or problem is not null),
        check ((state = 'receipted') = (receipt is not null))
      );
      create index data_request_consent on data_request (exporter, consent_id);

      create table ended_consent (
        exporter text not null check (exporter in ('hk', 'mo', 'cn')),
        consent_id uuid not null,
        state text not null,
        ended_at timestamptz not null,
        primary key (exporter, consent_id)
      );

      create table incoming_request (
        id uuid primary key,
        importer text not null check (importer in ('hk', 'mo', 'cn')),
        recipient text not null,
        signed_request text not null,
        request_digest text not null check (length(request_digest) = 43),
        importer_assessment text not null,
        importer_part jsonb not null,
        state text not null check (state in ('arrived', 'assessed', 'released', 'refused', 'failed')),
        jti uuid,
        holder text,
        consent_id uuid,
        own_assessment text,
        release jsonb,
        refusal jsonb,
        problem text,
        receipt text,
        attempts integer not null default 0,
        next_at timestamptz not null,
        deadline_at timestamptz not null,
        arrived_at timestamptz not null,
        settled_at timestamptz,
        unique (importer, recipient, jti),
        check ((state in ('arrived', 'assessed')) = (settled_at is null)),
        check (state not in ('assessed', 'released') or (own_assessment is not null and holder is not null and consent_id is not null)),
        check ((state = 'released') = (release is not null)),
        check (state not in ('refused', 'failed') or problem is not null)
      );
      create index incoming_request_due on incoming_request (next_at) where state in ('arrived', 'assessed');

      create table consent_end (
        consent_id uuid primary key,
        importer text not null check (importer in ('hk', 'mo', 'cn')),
        recipient text not null,
        state text not null,
        ended_at timestamptz not null,
        acknowledged_at timestamptz
      );
    `);
    await appendOnly(runner, 'assessment');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table consent_end, incoming_request, ended_consent, data_request, counter_reservation, counted_person,
        yearly_counter, assessed_flow, assessment, impact_assessment, instrument, dataset, party`);
  }
}
