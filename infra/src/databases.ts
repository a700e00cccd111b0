import pg from 'pg';
import { scramVerifier } from './scram.js';

/** A database to be made, with the passwords of its two roles. */
export type DatabaseSpec = Readonly<{
  /** Address of the maintenance database as a role that may make databases and roles. */
  adminUrl: string;
  /** Lower case letters, digits and underscores, at most 50; `hk_consent`. */
  database: string;
  ownerPassword: string;
  appPassword: string;
}>;

/** How a service reaches its database. */
export type DatabaseUrls = Readonly<{
  /** As the owner: migrations only. */
  ownerUrl: string;
  /** As the application: reading and writing rows, nothing else. */
  appUrl: string;
}>;

const MAINTENANCE_LOCK = 7_312_004;
const NAME = /^[a-z][a-z0-9_]{0,49}$/;

/**
 * The two roles of a database. `owner` makes and changes tables; `app` is what the service runs as: it may select,
 * insert, update and delete. A migration makes a table append-only with `REVOKE UPDATE, DELETE ON … FROM <app>`.
 */
export function rolesOf(database: string): Readonly<{ owner: string; app: string }> {
  if (!NAME.test(database)) throw new TypeError(`not a database name: ${database}`);
  return { owner: `${database}_owner`, app: database };
}

/**
 * Makes a database and its two roles, or brings those that exist back to what is declared here (passwords, privileges).
 * Nobody but the two roles may connect to it, and they may connect to nothing else.
 */
export async function createDatabase(spec: DatabaseSpec): Promise<DatabaseUrls> {
  const { owner, app } = rolesOf(spec.database);
  await withClient(spec.adminUrl, async (admin) => {
    await ensureRole(admin, owner, spec.ownerPassword);
    await ensureRole(admin, app, spec.appPassword);
    await admin.query(`alter role ${app} set statement_timeout = '30s'`);
    // A creator that is no superuser must belong to the role it gives the database to.
    await admin.query(`grant ${owner} to current_user`);
    const known = await admin.query('select 1 from pg_database where datname = $1', [spec.database]);
    if (known.rowCount === 0) await admin.query(`create database ${spec.database} owner ${owner} template template0`);
    await admin.query(`revoke all on database ${spec.database} from public`);
    await admin.query(`grant connect on database ${spec.database} to ${app}`);
    // One at a time: PostgreSQL refuses two changes of the same privilege list at once. The lock ends with the connection.
    await admin.query('select pg_advisory_lock($1)', [MAINTENANCE_LOCK]);
    for (const common of ['postgres', 'template1']) await closeToPublic(admin, common);
  });
  await withClient(at(spec.adminUrl, spec.database), (client) => grantRows(client, { owner, app }));
  const url = (role: string, password: string) => at(spec.adminUrl, spec.database, { role, password });
  return { ownerUrl: url(owner, spec.ownerPassword), appUrl: url(app, spec.appPassword) };
}

/** Removes a database and its two roles, ending whoever is connected. Absent ones are no error. */
export async function dropDatabase(adminUrl: string, database: string): Promise<void> {
  const { owner, app } = rolesOf(database);
  await withClient(adminUrl, async (admin) => {
    await admin.query(`drop database if exists ${database} with (force)`);
    await admin.query(`drop role if exists ${app}, ${owner}`);
  });
}

/** The same server's address for another database, and for another role when one is named. */
export function at(url: string, database: string, as?: { role: string; password: string }): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  if (as) {
    changed.username = as.role;
    changed.password = as.password;
  }
  return changed.toString();
}

async function grantRows(client: pg.Client, { owner, app }: { owner: string; app: string }): Promise<void> {
  await client.query(`
    revoke all on schema public from public;
    grant all on schema public to ${owner};
    grant usage on schema public to ${app};
    alter default privileges for role ${owner} revoke execute on functions from public;
    alter default privileges for role ${owner} in schema public grant select, insert, update, delete on tables to ${app};
    alter default privileges for role ${owner} in schema public grant usage, select on sequences to ${app};
    alter default privileges for role ${owner} in schema public grant execute on functions to ${app};`);
}

async function ensureRole(admin: pg.Client, role: string, password: string): Promise<void> {
  const known = await admin.query('select 1 from pg_roles where rolname = $1', [role]);
  const verb = known.rowCount === 0 ? 'create' : 'alter';
  const limits = 'login nosuperuser nocreatedb nocreaterole noreplication nobypassrls';
  await admin.query(`${verb} role ${role} with ${limits} password '${scramVerifier(password)}'`);
}

/** The maintenance databases are closed too, unless they are already. */
async function closeToPublic(admin: pg.Client, database: string): Promise<void> {
  const { rows } = await admin.query<{ open: boolean }>(
    `select exists (select from aclexplode(coalesce(datacl, acldefault('d', datdba))) as acl where acl.grantee = 0) as open
       from pg_database where datname = $1`,
    [database],
  );
  if (rows[0]?.open) await admin.query(`revoke all on database ${database} from public`);
}

/** Runs some statements on a connection of its own. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
