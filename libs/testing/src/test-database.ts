import { randomBytes } from 'node:crypto';
import { at, createDatabase, dropDatabase, rolesOf } from '@bayway/infra';
import { testPostgres } from './test-cluster.js';

/** An empty database of a spec file's own, made as the running system makes a service's. */
export type TestDatabase = Readonly<{
  name: string;
  /** As the superuser: for what only a test may do. */
  url: string;
  /** As the role that runs migrations. */
  ownerUrl: string;
  /** As the role a service runs as: rows only, and only in this database. */
  appUrl: string;
  /** The names of those two roles. */
  roles: Readonly<{ owner: string; app: string }>;
  /** Removes it, ending whoever is connected. */
  drop: () => Promise<void>;
}>;

/**
 * Makes a database (about 0.1 s; the very first of a test run also starts PostgreSQL, about 2 s).
 * Call `drop()` when done; what a killed process left is removed by itself.
 * @example
 * const db = await testDatabase();
 * const source = new DataSource({ type: 'postgres', url: db.ownerUrl, … });
 */
export async function testDatabase(): Promise<TestDatabase> {
  const adminUrl = await testPostgres();
  const name = `test_${process.pid}_${randomBytes(5).toString('hex')}`;
  const password = randomBytes(12).toString('base64url');
  const urls = await createDatabase({ adminUrl, database: name, ownerPassword: password, appPassword: password });
  return { name, url: at(adminUrl, name), ...urls, roles: rolesOf(name), drop: () => dropDatabase(adminUrl, name) };
}
