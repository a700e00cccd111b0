import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withClient } from '@bayway/infra';
import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { joinCluster, testPostgres } from './test-cluster.js';
import { testDatabase } from './test-database.js';

const rows = (url: string, text: string) =>
  withClient(url, async (client) => (await client.query(text)).rows as unknown[]);

describe('testDatabase', () => {
  it('makes an empty database with the two roles a service has', async () => {
    const db = await testDatabase();
    await rows(db.ownerUrl, 'create table item (id int primary key)');
    await rows(db.appUrl, 'insert into item values (1)');
    expect(await rows(db.appUrl, 'select id from item')).toEqual([{ id: 1 }]);
    await expect(rows(db.appUrl, 'drop table item')).rejects.toThrow('must be owner of table item');
    await expect(rows(db.ownerUrl, `revoke delete on item from ${db.roles.app}`)).resolves.toEqual([]);
    await expect(rows(db.appUrl, 'delete from item')).rejects.toThrow('permission denied');
    await rows(db.url, 'create extension if not exists plpgsql');
    await db.drop();
    await expect(rows(db.url, 'select 1')).rejects.toThrow('does not exist');
  });

  it('makes several at once, apart from each other', async () => {
    const [one, other] = await Promise.all([testDatabase(), testDatabase()]);
    expect(one.name).not.toBe(other.name);
    const crossed = new URL(one.appUrl);
    crossed.pathname = `/${other.name}`;
    await expect(rows(crossed.toString(), 'select 1')).rejects.toThrow('permission denied for database');
    await Promise.all([one.drop(), other.drop()]);
  });

  it('is on the one server that all test processes share', async () => {
    expect(await testPostgres()).toBe(await testPostgres());
    expect(await rows(await testPostgres(), `select current_setting('fsync') as fsync`)).toEqual([{ fsync: 'off' }]);
  });
});

describe('the owner of the shared cluster', () => {
  let home: string;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'bayway-spec-'));
    await chmod(home, 0o755);
  });
  afterAll(() => rm(home, { recursive: true, force: true }));

  const until = async (met: () => Promise<boolean>) => {
    for (const end = Date.now() + 15_000; Date.now() < end; await sleep(50)) if (await met()) return;
    throw new Error('it did not come to that');
  };

  it('removes what dead test processes left, and the cluster after the last of them', async () => {
    const [one, other] = [spawn('sleep', ['60']), spawn('sleep', ['60'])];
    const url = await joinCluster(home, { pid: one.pid ?? 0, tickMs: 50 });
    expect(await joinCluster(home, { pid: other.pid ?? 0, tickMs: 50 })).toBe(url);
    const { pid } = JSON.parse(await readFile(join(home, 'cluster.json'), 'utf8')) as { pid: number };
    for (const child of [one, other]) await rows(url, `create database test_${child.pid}_ab`);

    one.kill();
    const names = async () => rows(url, `select datname from pg_database where datname like 'test%'`);
    await until(async () => (await names()).length === 1);
    expect(await names()).toEqual([{ datname: `test_${other.pid}_ab` }]);

    other.kill();
    await until(async () => (await readdir(home)).join() === 'leases');
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect(await readdir(join(home, 'leases'))).toEqual([]);
  });

  it('lets the next test process start anew after the cluster was killed', async () => {
    const test = spawn('sleep', ['60']);
    const lease = { pid: test.pid ?? 0, tickMs: 50 };
    await joinCluster(home, lease);
    const { pid } = JSON.parse(await readFile(join(home, 'cluster.json'), 'utf8')) as { pid: number };
    process.kill(pid, 'SIGKILL');
    const again = await joinCluster(home, lease);
    expect(await rows(again, 'select 1 as one')).toEqual([{ one: 1 }]);
    await sleep(1_000);
    expect(await rows(again, 'select 2 as two')).toEqual([{ two: 2 }]);
    test.kill();
    await until(async () => (await readdir(home)).join() === 'leases');
  });
});
