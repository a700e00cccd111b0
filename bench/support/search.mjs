/** The administrators' search on a database of its own with many consents: pages as the consent service makes them. */
import { performance } from 'node:perf_hooks';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { WORKSPACE } from '@bayway/infra';
import { migrate } from '@bayway/service';
import pg from 'pg';

const DATABASE = 'bench_consent_search';
const CHUNK = 50_000;
const ROUNDS = 20;

/** What administrators look for: alone and together, frequent and rare, first pages and later ones. */
const FILTERS = [
  {},
  { state: ['given'] },
  { state: ['refused', 'lapsed'] },
  { holder: 'holder-1' },
  { holder: 'holder-39' },
  { recipient: 'recipient-7', state: ['given'] },
  { dataset: 'dataset-3', importer: 'mo' },
  { purpose: 'credit-underwriting', holder: 'holder-2', state: ['withdrawn'] },
  { decidedFrom: '2025-03-01', decidedTo: '2025-03-07' },
  { recipient: 'recipient-199', decidedFrom: '2024-01-01', decidedTo: '2024-12-31' },
  { validFrom: '2026-12-01', validTo: '2026-12-07', state: ['given'] },
  { used: true, state: ['expired'], dataset: 'dataset-11' },
  { channel: 'writing' },
  { silent: true },
  { holder: 'nobody' },
];

/** Numbers without a pattern, the same in every run; skewed, so that some parties have most of the consents. */
const rows = `insert into consent
  select overlay(overlay(md5('consent ' || n) placing '4' from 13) placing '8' from 17)::uuid, md5('ask ' || n)::uuid, md5('flow ' || n)::uuid, state, 'person', overlay(overlay(md5('subject ' || n % 300000) placing '4' from 13) placing '8' from 17)::uuid,
    '{"kind":"person","bornOn":"1990-01-01"}', lpad(n::text, 43, 'h'), 'holder-' || holder, 'recipient-' || recipient,
    jsonb_build_object('type', 'data-request', 'dataset', 'dataset-' || n % 12, 'exporter', 'cn', 'importer', (array['hk', 'hk', 'mo'])[1 + n % 3],
      'holder', 'holder-' || holder, 'recipient', 'recipient-' || recipient, 'items', jsonb_build_array('one', 'two', 'three'),
      'purpose', jsonb_build_object('code', (array['credit-underwriting', 'account-review', 'employment', 'care'])[1 + n % 4]),
      'valid_until', to_char(decided + interval '180 days', 'YYYY-MM-DD'), 'retention_until', to_char(decided + interval '200 days', 'YYYY-MM-DD'),
      'max_uses', 3, 'request_id', md5('flow ' || n)::uuid),
    '[{"id":"one"}]', case when state in ('given', 'expired') then n % 3 else 0 end, 3, decided, decided + interval '10 minutes',
    date_trunc('day', decided) + interval '180 days 16 hours',
    case when state in ('refused', 'lapsed') then null else decided + interval '20 seconds' end,
    case when state = 'given' then null else decided + interval '30 days' end, null, 1
  from (select n, holder, recipient, date_trunc('milliseconds', timestamptz '2023-12-01' + interval '93 seconds' * (n * 1000000.0 / $3)::float8) as decided,
      (array['given', 'given', 'given', 'given', 'given', 'withdrawn', 'expired', 'used-up', 'refused', 'lapsed'])[1 + n * 7919 % 10] as state
    from (select n, floor(40 * power(n * 104729 % 1000003 / 1000003.0, 2)) as holder, floor(200 * power(n * 130363 % 1000003 / 1000003.0, 2)) as recipient
      from generate_series($1::bigint, $2::bigint) n) numbered) placed`;

const around = `
  insert into withdrawal (consent_id, channel, by, reference, reason, received_on, at)
    select id, case when n % 50 = 0 then 'writing' else 'portal' end, subject_id, 'F-1', 'a letter in the file', '2026-01-01', ended_at
    from (select *, row_number() over () as n from consent where state = 'withdrawn') w;
  insert into acknowledgement (consent_id, by, what, at, due_at, silent_since)
    select id, 'recipient', 'withdrawal', case when n % 100 = 0 then null else ended_at end, ended_at, case when n % 100 = 0 then ended_at end
    from (select *, row_number() over () as n from consent where state = 'withdrawn') w;`;

const built = (path) => import(pathToFileURL(join(WORKSPACE, 'apps', 'consent', 'dist', path)).href);

/** Fills a migrated database with consents `from` to `consents`; indexes are made afterwards, as when a table is loaded. */
export async function fill(db, { from: first = 1, consents, say }) {
  // The asks behind them are left out: neither a search nor a permit needs any.
  await db.query('set session_replication_role = replica; set synchronous_commit = off; set statement_timeout = 0');
  const { rows: indexes } = await db.query(`select indexname as name, indexdef as made from pg_indexes
    where tablename = 'consent' and indexdef not like 'CREATE UNIQUE%'`);
  for (const { name } of indexes) await db.query(`drop index ${name}`);
  for (let from = first; from <= consents; from += CHUNK) {
    await db.query(rows, [from, Math.min(from + CHUNK - 1, consents), consents]);
    say(`consents: ${Math.min(from + CHUNK - 1, consents)} of ${consents} …`);
  }
  for (const { made } of indexes) await db.query(made);
  await db.query('reset session_replication_role; reset synchronous_commit');
}

async function prepare(adminUrl, { consents, say }) {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`drop database if exists ${DATABASE} with (force)`);
  await admin.query(`create database ${DATABASE}`);
  await admin.end();
  const url = Object.assign(new URL(adminUrl), { pathname: `/${DATABASE}` }).href;
  const { schema } = await built('schema.js');
  await migrate({ DATABASE_URL: url, DATABASE_OWNER_URL: url, DATABASE_POOL: 1 }, schema);
  const db = new pg.Client({ connectionString: url });
  // When a query fails the cluster is stopped before this client ends; what counts is the query's own error.
  db.on('error', () => undefined);
  await db.connect();
  await fill(db, { consents, say });
  await db.query(around);
  await db.query('vacuum analyze');
  return { db, url, schema };
}

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];
const summary = (times) => {
  const sorted = [...times].sort((a, b) => a - b);
  return { p50: at(sorted, 0.5), p95: at(sorted, 0.95), most: sorted.at(-1) };
};

/**
 * @param adminUrl a cluster's administrator
 * @returns milliseconds of a page with its total, of the exact total, and of the bare query for the newest fifty rows
 */
export async function searches(adminUrl, { consents, say }) {
  const { db, url, schema } = await prepare(adminUrl, { consents, say });
  const { DataSource } = createRequire(join(WORKSPACE, 'apps', 'consent', 'package.json'))('typeorm');
  const { SearchService } = await built('administration/search.service.js');
  const source = await new DataSource({ type: 'postgres', url, entities: schema.entities, poolSize: 4 }).initialize();
  const search = new SearchService(source);
  const [pages, totals, floors, slowest] = [[], [], [], new Map()];
  const timed = async (list, work) => {
    const from = performance.now();
    const result = await work();
    list.push(performance.now() - from);
    return result;
  };
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const filter of FILTERS) {
        const first = await timed(pages, () => search.page(filter, { limit: 50 }));
        const name = JSON.stringify(filter);
        slowest.set(name, Math.max(slowest.get(name) ?? 0, round === 0 ? 0 : pages.at(-1)));
        if (first.next) await timed(pages, () => search.page(filter, { limit: 50, after: first.next }));
        if (round % 5 === 0) await timed(totals, () => search.total(filter));
        await timed(floors, () => db.query('select * from consent order by decided_at desc, id desc limit 50'));
      }
    }
  } finally {
    await source.destroy();
    await db.end();
    const admin = new pg.Client({ connectionString: adminUrl });
    await admin.connect();
    await admin.query(`drop database if exists ${DATABASE} with (force)`);
    await admin.end();
  }
  return { consents, page: summary(pages), total: summary(totals), floor: summary(floors), slowest };
}
