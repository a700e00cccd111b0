import { Client } from 'pg';
import type { System } from './system.js';

/** Reads rows of a service's database as the superuser: what only a test may do. */
export const rowsOf = <T>(system: System, database: string, sql: string): Promise<T[]> =>
  query<T>(system.bay.postgres.main.adminUrl, database, sql);

/** The same in the outside world's cluster: the holder's own system. */
export const outsideRows = <T>(system: System, database: string, sql: string): Promise<T[]> =>
  query<T>(system.bay.postgres.outside.adminUrl, database, sql);

async function query<T>(adminUrl: string, database: string, sql: string): Promise<T[]> {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  const client = new Client({ connectionString: url.href });
  await client.connect();
  try {
    return (await client.query(sql)).rows as T[];
  } finally {
    await client.end();
  }
}

const OUTBOXES = [
  'hk_identity',
  'hk_consent',
  'hk_broker',
  'cn_identity',
  'cn_consent',
  'cn_broker',
  'cn_connector_pengwan_credit',
];

/** Facts that wait for delivery, in all outboxes. */
export async function undelivered(system: System): Promise<{ database: string; subject: string }[]> {
  const waiting = await Promise.all(
    OUTBOXES.map(async (database) => {
      const rows = await rowsOf<{ subject: string }>(
        system,
        database,
        'select subject from outbox where delivered_at is null',
      );
      return rows.map(({ subject }) => ({ database, subject }));
    }),
  );
  return waiting.flat();
}

/** How often each thing that may happen once has happened: everything here is 1 at most. */
export async function doubled(system: System): Promise<string[]> {
  const checks: [string, string, string][] = [
    [
      'cn_consent',
      'consent_use',
      'select data_request_id::text as id, count(*)::int as n from consent_use group by 1 having count(*) > 1',
    ],
    [
      'cn_consent',
      'release evidence',
      "select record->>'dataRequestId' as id, count(*)::int as n from evidence_record where type = 'consent.given' group by record->>'consentId', 1 having count(*) > 1",
    ],
    [
      'cn_connector_pengwan_credit',
      'release.made',
      "select record->>'dataRequestId' as id, count(*)::int as n from evidence_record where type = 'release.made' group by 1 having count(*) > 1",
    ],
    [
      'hk_broker',
      'delivery.receipted',
      "select record->>'dataRequestId' as id, count(*)::int as n from evidence_record where type = 'delivery.receipted' group by 1 having count(*) > 1",
    ],
    [
      'hk_broker',
      'data_request',
      'select jti::text as id, count(*)::int as n from data_request group by 1 having count(*) > 1',
    ],
  ];
  const found = await Promise.all(
    checks.map(async ([database, what, sql]) =>
      (await rowsOf<{ id: string; n: number }>(system, database, sql)).map(({ id, n }) => `${what} ${id}: ${n} times`),
    ),
  );
  return found.flat();
}
