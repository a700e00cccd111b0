import pg from 'pg';
import type { Population } from '../population/population.js';
import type { Holder } from './holder.js';

/** A login that reads a holder's views and nothing else: its connector's. */
export type Reader = Readonly<{ user: string; password: string }>;

/** Where a holder's database lives and who may read it. */
export type HolderSettings = Readonly<{
  /** Administrator of the outside world's PostgreSQL cluster. */
  adminUrl: string;
  database: string;
  reader: Reader;
}>;

const quoted = pg.escapeIdentifier;

async function connected<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

function inDatabase(url: string, database: string): string {
  const there = new URL(url);
  there.pathname = `/${encodeURIComponent(database)}`;
  return there.href;
}

async function ensureDatabase(admin: pg.Client, name: string): Promise<void> {
  const { rowCount } = await admin.query('select 1 from pg_database where datname = $1', [name]);
  if (rowCount === 0) await admin.query(`create database ${quoted(name)}`);
  await admin.query(`revoke all on database ${quoted(name)} from public`);
}

async function ensureReader(admin: pg.Client, { database, reader }: HolderSettings): Promise<void> {
  const user = quoted(reader.user);
  const { rowCount } = await admin.query('select 1 from pg_roles where rolname = $1', [reader.user]);
  if (rowCount === 0) await admin.query(`create role ${user} login`);
  await admin.query(
    `alter role ${user} nosuperuser nocreatedb nocreaterole noinherit connection limit 10 password ${pg.escapeLiteral(reader.password)}`,
  );
  await admin.query(`alter role ${user} set default_transaction_read_only = on`);
  await admin.query(`alter role ${user} set statement_timeout = '5s'`);
  await admin.query(`grant connect on database ${quoted(database)} to ${user}`);
}

async function fill(client: pg.Client, tables: ReturnType<Holder['draw']>): Promise<void> {
  for (const [table, rows] of Object.entries(tables)) {
    for (let from = 0; from < rows.length; from += 5_000) {
      const sql = `insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1)`;
      await client.query(sql, [JSON.stringify(rows.slice(from, from + 5_000))]);
    }
  }
}

async function createAndFill(client: pg.Client, draw: () => ReturnType<Holder['draw']>, schema: string): Promise<void> {
  await client.query('begin');
  try {
    await client.query('select pg_advisory_xact_lock(1)');
    const { rows } = await client.query<{ there: boolean }>(`select to_regclass('seeded') is not null as there`);
    if (!rows[0]?.there) {
      await client.query(schema);
      await fill(client, draw());
      await client.query('create table seeded ()');
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

/**
 * Makes a holder's database once (schema, records, reader); a later start leaves its contents alone.
 * @param asOf the day of the first start, `YYYY-MM-DD`: histories end with the month before
 */
export async function prepareHolder(
  holder: Holder,
  settings: HolderSettings,
  { population, asOf }: { population: Population; asOf: string },
): Promise<void> {
  await connected(settings.adminUrl, async (admin) => {
    await ensureDatabase(admin, settings.database);
    await ensureReader(admin, settings);
  });
  await connected(inDatabase(settings.adminUrl, settings.database), async (client) => {
    await createAndFill(client, () => holder.draw(population, asOf), holder.schema);
    const user = quoted(settings.reader.user);
    const schemas = [...new Set(holder.views.map((view) => view.split('.')[0]))];
    await client.query(`grant usage on schema ${schemas.join(', ')} to ${user}`);
    await client.query(`grant select on ${holder.views.join(', ')} to ${user}`);
  });
}

/** The connection string of the connector's login. */
export function readerUrl({ adminUrl, database, reader }: HolderSettings): string {
  const url = new URL(inDatabase(adminUrl, database));
  url.username = encodeURIComponent(reader.user);
  url.password = encodeURIComponent(reader.password);
  return url.href;
}
