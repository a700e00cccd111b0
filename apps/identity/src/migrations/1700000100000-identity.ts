import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables of the identity service. */
export class Identity1700000100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What oidc-provider keeps: sessions, interactions, grants, codes, tokens, pushed requests, used proofs.
      create table oidc_artifact (
        model text not null,
        id text not null,
        payload jsonb not null,
        grant_id text,
        uid text,
        user_code text,
        consumed_at timestamptz,
        expires_at timestamptz not null,
        primary key (model, id)
      );
      -- Interactions carry a grant id too and must not go with the grant: only tokens and codes are found by it.
      create index oidc_artifact_grant on oidc_artifact (grant_id)
        where model in ('AccessToken', 'AuthorizationCode', 'RefreshToken');
      create index oidc_artifact_uid on oidc_artifact (uid) where model = 'Session';
      create index oidc_artifact_consent on oidc_artifact ((payload -> 'rar' -> 0 ->> 'consent_id')) where model = 'Grant';
      create index oidc_artifact_expiry on oidc_artifact (expires_at);

      create table resident (
        id uuid primary key,
        kind text not null check (kind in ('person', 'organisation')),
        name text not null,
        name_latin text,
        born_on date,
        level smallint not null check (level between 1 and 4),
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now()
      );

      -- INVARIANT: a document names one resident. The number is sealed; the keyed digest finds it again.
      create table resident_document (
        resident_id uuid not null references resident,
        kind text not null,
        match_digest text not null unique check (length(match_digest) = 43),
        sealed bytea not null,
        verified_at timestamptz not null default now(),
        primary key (resident_id, kind, match_digest)
      );

      create table upstream_account (
        issuer text not null,
        sub text not null,
        resident_id uuid not null references resident,
        last_used_at timestamptz not null default now(),
        primary key (issuer, sub)
      );

      -- INVARIANT: one link per side: a name at a peer stands for one resident, a resident has one name at a peer.
      create table link (
        id uuid primary key,
        peer text not null check (peer in ('hk', 'mo', 'cn')),
        peer_sub text not null,
        resident_id uuid not null references resident,
        bound_at timestamptz not null default now(),
        unique (peer, peer_sub),
        unique (peer, resident_id)
      );

      -- A request for a record that the brokers let pass, on its way through this provider.
      create table data_flow (
        request_id uuid primary key,
        client_id text not null,
        level smallint not null check (level between 1 and 4),
        recipient jsonb not null,
        expires_at timestamptz not null
      );
      create index data_flow_expiry on data_flow (expires_at);

      -- What one authorization request has seen so far, over all its interactions.
      create table sign_in_step (
        cid text primary key,
        language text,
        silent_tried boolean not null default false,
        peer text,
        peer_sub text,
        refused text,
        expires_at timestamptz not null
      );
      create index sign_in_step_expiry on sign_in_step (expires_at);

      -- Relying-party side: one row for each time somebody is sent to a city or a peer. Used once.
      create table upstream_trip (
        state text primary key,
        interaction_uid text not null,
        upstream text not null,
        kind text not null check (kind in ('sign-in', 'silent', 'border')),
        nonce text not null,
        verifier text not null,
        cookie_digest text not null,
        stepped_up boolean not null default false,
        started_at timestamptz not null default now(),
        used_at timestamptz,
        expires_at timestamptz not null
      );
      create index upstream_trip_expiry on upstream_trip (expires_at);

      create table subject_handle (
        handle text primary key check (length(handle) = 43),
        flow_id uuid not null,
        consent_id uuid not null unique,
        resident_id uuid not null references resident,
        recipient text not null,
        holder text not null,
        ended_at timestamptz,
        created_at timestamptz not null default now()
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table subject_handle, upstream_trip, sign_in_step, data_flow, link, upstream_account,
      resident_document, resident, oidc_artifact`);
  }
}
