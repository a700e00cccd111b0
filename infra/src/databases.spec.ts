import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { at, createDatabase, dropDatabase, rolesOf, withClient, type DatabaseUrls } from './databases.js';
import { freePort } from './ports.js';
import { startPostgres, type Postgres } from './postgres.js';
import { scramVerifier } from './scram.js';

let folder: string;
let server: Postgres;
let consent: DatabaseUrls;

const query = (url: string, text: string) =>
  withClient(url, async (client) => (await client.query(text)).rows as unknown[]);
const make = (database: string) =>
  createDatabase({ adminUrl: server.adminUrl, database, ownerPassword: `${database}-o`, appPassword: `${database}-a` });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bayway-spec-'));
  await chmod(folder, 0o755);
  server = await startPostgres({ dataDir: join(folder, 'data'), port: await freePort() });
  consent = await make('hk_consent');
  await query(consent.ownerUrl, 'create table consent (id serial primary key, word text not null unique)');
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('createDatabase', () => {
  it('lets the application read and write rows', async () => {
    await query(consent.appUrl, `insert into consent (word) values ('given')`);
    await query(consent.appUrl, `update consent set word = 'withdrawn' where word = 'given'`);
    expect(await query(consent.appUrl, 'select word from consent')).toEqual([{ word: 'withdrawn' }]);
    await query(consent.appUrl, 'delete from consent');
  });

  it.each([
    ['make a table', 'create table mine (id int)', 'permission denied for schema public'],
    ['make a temporary table', 'create temporary table mine (id int)', 'permission denied to create temporary tables'],
    ['make a schema', 'create schema mine', 'permission denied for database'],
    ['change a table', 'alter table consent add column more text', 'must be owner of table'],
    ['empty a table at once', 'truncate consent', 'permission denied for table'],
    ['drop a table', 'drop table consent', 'must be owner of table'],
    ['turn into the owner', 'set role hk_consent_owner', 'permission denied to set role'],
    ['make a role', 'create role mine', 'permission denied to create role'],
    ['make a database', 'create database mine', 'permission denied to create database'],
    ['read the passwords', 'select * from pg_authid', 'permission denied for table pg_authid'],
    ['read files of the server', `select pg_read_file('/etc/passwd')`, 'permission denied for function'],
    ['run programs', `copy consent to program 'cat'`, 'permission denied to COPY'],
  ])('does not let the application %s', async (_what, statement, reason) => {
    await expect(query(consent.appUrl, statement)).rejects.toThrow(reason);
  });

  it('lets nobody into the database of another service, nor into those of the server', async () => {
    const broker = await make('hk_broker');
    for (const url of [consent.appUrl, consent.ownerUrl]) {
      for (const database of ['hk_broker', 'postgres', 'template1']) {
        await expect(query(at(url, database), 'select 1')).rejects.toThrow(
          `permission denied for database "${database}"`,
        );
      }
    }
    expect(await query(broker.appUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('lets a migration take changing and deleting away from the application', async () => {
    const { app } = rolesOf('hk_consent');
    await query(consent.ownerUrl, `create table receipt (id int); revoke update, delete on receipt from ${app}`);
    await query(consent.appUrl, 'insert into receipt values (1)');
    await expect(query(consent.appUrl, 'update receipt set id = 2')).rejects.toThrow(
      'permission denied for table receipt',
    );
    await expect(query(consent.appUrl, 'delete from receipt')).rejects.toThrow('permission denied for table receipt');
  });

  it('bounds the application’s statements and not the migrations’', async () => {
    expect(await query(consent.appUrl, 'show statement_timeout')).toEqual([{ statement_timeout: '30s' }]);
    expect(await query(consent.ownerUrl, 'show statement_timeout')).toEqual([{ statement_timeout: '0' }]);
  });

  it('can be repeated, keeps the rows, and takes new passwords', async () => {
    await query(consent.appUrl, `insert into consent (word) values ('kept')`);
    const again = await createDatabase({
      adminUrl: server.adminUrl,
      database: 'hk_consent',
      ownerPassword: 'new-o',
      appPassword: 'new/a@:',
    });
    expect(await query(again.appUrl, 'select word from consent')).toEqual([{ word: 'kept' }]);
    await expect(query(consent.appUrl, 'select 1')).rejects.toThrow('password authentication failed');
  });

  it('can be called for many databases at once', async () => {
    const names = Array.from({ length: 6 }, (_, index) => `parallel_${index}`);
    await Promise.all(names.map(make));
    await Promise.all(names.map((name) => dropDatabase(server.adminUrl, name)));
    expect(await query(server.adminUrl, `select datname from pg_database where datname like 'parallel%'`)).toEqual([]);
    expect(await query(server.adminUrl, `select rolname from pg_roles where rolname like 'parallel%'`)).toEqual([]);
  });

  it('works as a role that is no superuser', async () => {
    await query(
      server.adminUrl,
      `create role hoster login createdb createrole password 'hoster'; grant connect on database postgres to hoster`,
    );
    const adminUrl = at(server.adminUrl, 'postgres', { role: 'hoster', password: 'hoster' });
    const made = await createDatabase({ adminUrl, database: 'hosted', ownerPassword: 'o', appPassword: 'a' });
    await query(made.ownerUrl, 'create table item (id int)');
    expect(await query(made.appUrl, 'select * from item')).toEqual([]);
    await dropDatabase(adminUrl, 'hosted');
  });

  it.each(['', 'Hk', 'a b', 'x; drop', '1st', 'a'.repeat(51)])('refuses the name %j', async (database) => {
    await expect(make(database)).rejects.toThrow('not a database name');
  });

  it('ends whoever is connected when a database is dropped', async () => {
    const { appUrl } = await make('busy');
    const client = new pg.Client(appUrl);
    const ended = new Promise((resolve) => client.on('error', resolve));
    await client.connect();
    await dropDatabase(server.adminUrl, 'busy');
    await ended;
    await dropDatabase(server.adminUrl, 'busy');
  });

  it('leaves no password and no value in the server’s log', async () => {
    await expect(query(consent.ownerUrl, 'select 1')).rejects.toThrow();
    const { appUrl } = await make('quiet');
    await query(at(server.adminUrl, 'quiet'), 'create table t (word text unique); grant insert on t to quiet');
    const insert = `insert into t values ('personal-value')`;
    await query(appUrl, insert);
    await expect(query(appUrl, insert)).rejects.toThrow('duplicate key');
    const log = await readFile(join(folder, 'data.log'), 'utf8');
    expect(log).toContain('duplicate key');
    expect(log).not.toMatch(/quiet-a|personal-value|SCRAM-SHA-256/);
  });
});

describe('scramVerifier', () => {
  it('has the form and, for a fixed salt, always the same value', () => {
    const salt = Buffer.alloc(16, 7);
    expect(scramVerifier('pencil', salt)).toBe(scramVerifier('pencil', salt));
    expect(scramVerifier('pencil', salt)).not.toBe(scramVerifier('Pencil', salt));
    expect(scramVerifier('pencil')).toMatch(
      /^SCRAM-SHA-256\$4096:[A-Za-z0-9+/=]{24}\$[A-Za-z0-9+/=]{44}:[A-Za-z0-9+/=]{44}$/,
    );
  });
});
