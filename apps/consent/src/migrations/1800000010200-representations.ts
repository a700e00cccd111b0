import { appendOnly } from '@bayway/service';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who may act for whom: guardians for a child, signatories for an organisation; and who acted. */
export class Representations1800000010200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table representation (
        id uuid primary key,
        kind text not null check (kind in ('guardian', 'signatory')),
        subject_id uuid not null,
        actor_id uuid not null check (actor_id <> subject_id),
        relation text not null check (relation in ('parent', 'guardian', 'officer', 'agent')),
        proof_kind text not null,
        -- Of the document that was seen; the document itself stays where it is.
        proof_digest text not null check (length(proof_digest) = 43),
        datasets jsonb,
        valid_from date not null,
        valid_until date not null check (valid_until >= valid_from),
        recorded_by uuid not null,
        recorded_at timestamptz not null,
        check ((kind = 'guardian') = (relation in ('parent', 'guardian'))),
        -- INVARIANT: nobody enters a power for herself.
        check (recorded_by <> actor_id and recorded_by <> subject_id)
      );
      create index representation_of_actor on representation (actor_id, subject_id);
      create index representation_of_subject on representation (subject_id);
      create table representation_end (
        representation_id uuid primary key references representation,
        recorded_by uuid not null,
        at timestamptz not null
      );
      alter table ask
        add column actor_id uuid,
        add column acting_as text not null default 'self' check (acting_as in ('self', 'guardian', 'signatory')),
        add check ((acting_as = 'self') = (actor_id is null));
      alter table consent
        add column actor_id uuid,
        add column acting_as text not null default 'self' check (acting_as in ('self', 'guardian', 'signatory'));
    `);
    for (const table of ['representation', 'representation_end']) await appendOnly(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table consent drop column actor_id, drop column acting_as;
      alter table ask drop column actor_id, drop column acting_as;
      drop table representation_end, representation`);
  }
}
