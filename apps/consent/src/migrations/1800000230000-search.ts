import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A search that combines filters reads one index and no rows: what administrators look for stands in it, in the order of a page.
 * Not `uses`, which each permit changes: only the first writes an index.
 */
export class Search1800000230000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table consent
        add column importer text not null generated always as (detail->>'importer') stored,
        add column dataset text not null generated always as (detail->>'dataset') stored,
        add column purpose text not null generated always as (detail->'purpose'->>'code') stored,
        add column used boolean not null generated always as (uses > 0) stored;
      drop index consent_by_time, consent_by_dataset, consent_by_purpose, consent_by_importer;
      create index consent_search on consent (decided_at desc, id desc)
        include (state, holder, recipient, importer, dataset, purpose, used, subject_kind, expires_at);
      create index consent_by_dataset on consent (dataset, decided_at desc, id desc);
      create index consent_by_purpose on consent (purpose, decided_at desc, id desc);
      create index consent_by_importer on consent (importer, decided_at desc, id desc);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index consent_search;
      alter table consent drop column importer, drop column dataset, drop column purpose, drop column used;
      create index consent_by_time on consent (decided_at desc, id desc);
      create index consent_by_dataset on consent ((detail->>'dataset'), decided_at desc, id desc);
      create index consent_by_purpose on consent ((detail->'purpose'->>'code'), decided_at desc, id desc);
      create index consent_by_importer on consent ((detail->>'importer'), decided_at desc, id desc);
    `);
  }
}
