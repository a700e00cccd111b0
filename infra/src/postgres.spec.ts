import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withClient } from './databases.js';
import { isAlive } from './guard.js';
import { freePort } from './ports.js';
import { startPostgres, usePostgres, type Postgres } from './postgres.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bayway-spec-'));
  await chmod(folder, 0o755);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const setting = (server: Postgres, name: string) =>
  withClient(server.adminUrl, async (client) => {
    const { rows } = await client.query<Record<string, string>>(`show ${name}`);
    return rows[0]?.[name];
  });

describe('startPostgres', () => {
  it('starts with our settings, keeps its data over a stop, and stops', async () => {
    const dataDir = join(folder, 'kept');
    const lines: string[] = [];
    const first = await startPostgres({
      dataDir,
      port: await freePort(),
      name: 'PostgreSQL (spec)',
      onProgress: (line) => lines.push(line),
    });
    expect(await setting(first, 'max_connections')).toBe('120');
    expect(await setting(first, 'fsync')).toBe('on');
    expect(await setting(first, 'synchronous_commit')).toBe('on');
    await withClient(first.adminUrl, (client) => client.query('create table kept as select 7 as number'));
    await first.stop();
    expect(isAlive(first.pid ?? 0)).toBe(false);
    const second = await startPostgres({ dataDir, port: await freePort() });
    const { rows } = await withClient(second.adminUrl, (client) => client.query('select number from kept'));
    expect(rows).toEqual([{ number: 7 }]);
    await second.stop();
    expect(lines).toEqual(['preparing PostgreSQL (spec)', `PostgreSQL (spec) is ready on port ${first.port}`]);
  });

  it('keeps the password to itself', async () => {
    const dataDir = join(folder, 'kept');
    expect((await stat(`${dataDir}.password`)).mode & 0o777).toBe(0o600);
    const password = (await readFile(`${dataDir}.password`, 'utf8')).trim();
    expect(password).toHaveLength(43);
    expect(await readFile(`${dataDir}.log`, 'utf8')).not.toContain(password);
  });

  it('says so when the password is lost', async () => {
    const dataDir = join(folder, 'kept');
    const password = await readFile(`${dataDir}.password`);
    await rm(`${dataDir}.password`);
    await expect(startPostgres({ dataDir, port: await freePort() })).rejects.toThrow(/its password is lost .*--fresh/);
    await writeFile(`${dataDir}.password`, password);
  });

  it('goes on after a stop with kill -9 that left a lock file and lost no commit', async () => {
    const dataDir = join(folder, 'killed');
    const first = await startPostgres({ dataDir, port: await freePort() });
    await withClient(first.adminUrl, (client) => client.query('create table acknowledged as select 1 as number'));
    process.kill(first.pid ?? 0, 'SIGKILL');
    await expect(stat(join(dataDir, 'postmaster.pid'))).resolves.toBeDefined();
    const second = await startPostgres({ dataDir, port: await freePort() });
    const { rows } = await withClient(second.adminUrl, (client) => client.query('select number from acknowledged'));
    expect(rows).toEqual([{ number: 1 }]);
    await second.stop();
  });

  it('goes on when the lock file names a process that is now another program', async () => {
    const dataDir = join(folder, 'killed');
    await writeFile(join(dataDir, 'postmaster.pid'), `${process.pid}\n${dataDir}\n`);
    const server = await startPostgres({ dataDir, port: await freePort() });
    await server.stop();
  });

  it('takes over from a server that an earlier start left running', async () => {
    const dataDir = join(folder, 'killed');
    const left = await startPostgres({ dataDir, port: await freePort() });
    const server = await startPostgres({ dataDir, port: left.port });
    expect(server.pid).not.toBe(left.pid);
    expect(isAlive(left.pid ?? 0)).toBe(false);
    await server.stop();
  });

  it('makes the cluster anew when an earlier making was cut short, and leaves files of others alone', async () => {
    const halfMade = join(folder, 'half');
    await mkdir(join(halfMade, 'making', 'base'), { recursive: true });
    await mkdir(join(halfMade, 'global'));
    await (await startPostgres({ dataDir: halfMade, port: await freePort() })).stop();
    const other = join(folder, 'other');
    await mkdir(other);
    await writeFile(join(other, 'thesis.txt'), 'mine');
    await expect(startPostgres({ dataDir: other, port: await freePort() })).rejects.toThrow(
      /holds files that are no PostgreSQL data/,
    );
    expect(await readFile(join(other, 'thesis.txt'), 'utf8')).toBe('mine');
  });

  it('names a taken port and a broken setting', async () => {
    const blocker = createServer();
    const port = await freePort();
    await new Promise<void>((resolve) => blocker.listen(port, '127.0.0.1', resolve));
    const dataDir = join(folder, 'killed');
    const taken = startPostgres({ dataDir, port, name: 'PostgreSQL (main)' });
    await expect(taken).rejects.toMatchObject({
      problem: 'port-taken',
      message: expect.stringMatching(`port ${port} .*PostgreSQL \\(main\\)`),
    });
    await new Promise((resolve) => blocker.close(resolve));
    const broken = startPostgres({ dataDir, port, settings: ['max_connections=many'] });
    await expect(broken).rejects.toMatchObject({
      problem: 'postgres-failed',
      message: expect.stringContaining('max_connections'),
    });
  });
});

describe('usePostgres', () => {
  it('uses a server that somebody else runs and does not stop it', async () => {
    const server = await startPostgres({ dataDir: join(folder, 'kept'), port: await freePort() });
    const used = await usePostgres(server.adminUrl);
    await used.stop();
    expect(await setting(server, 'port')).toBe(String(used.port));
    const wrong = server.adminUrl.replace(/:[^:@]+@/, ':wrong-password@');
    const refused = usePostgres(wrong);
    await expect(refused).rejects.toMatchObject({ problem: 'postgres-unreachable' });
    await expect(refused).rejects.not.toThrow('wrong-password');
    await server.stop();
    await expect(usePostgres(server.adminUrl)).rejects.toThrow(`127.0.0.1:${server.port} cannot be used`);
  });

  it('names a setting that is no address', async () => {
    await expect(usePostgres('mysql://x')).rejects.toMatchObject({ problem: 'setting-broken' });
  });
});
