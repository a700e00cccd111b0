import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { connect } from '@nats-io/transport-node';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withClient } from '../src/databases.js';
import { isAlive } from '../src/guard.js';
import { removeBay, startBay, type Bay } from '../src/local/bay.js';
import { freeBase } from '../src/local/free-base.js';
import { programsOf, topology } from '../src/local/topology.js';
import { startPostgres } from '../src/postgres.js';
import { PROGRAM, standIns } from './stand-ins.js';

jest.setTimeout(120_000);

let folder: string;
let home: string;
let workspace: string;
let bay: Bay | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bayway-spec-'));
  await chmod(folder, 0o755);
  home = join(folder, 'home');
  workspace = join(folder, 'workspace');
  await standIns(workspace);
});
afterEach(async () => {
  await bay?.stop();
  bay = undefined;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const environment = async (name: string) =>
  JSON.parse(await readFile(join(workspace, `${name}.json`), 'utf8')) as Record<string, string>;

describe('startBay', () => {
  it('starts everything in order, gives each service what is its own, and leaves nothing when it stops', async () => {
    const lines: string[] = [];
    const base = await freeBase();
    bay = await startBay({ home, workspace, base, onProgress: (line) => lines.push(line) });
    const ready = lines.filter((line) => line.endsWith(' is ready')).map((line) => line.replace(' is ready', ''));
    expect([...ready].sort()).toEqual([...programsOf(topology(base)).map(({ name }) => name), 'sandbox'].sort());
    expect(ready.slice(0, 4).sort()).toEqual(['cn/evidence', 'hk/evidence', 'mo/evidence', 'sandbox']);

    const broker = await environment('hk-broker');
    const { rows } = await withClient(broker.DATABASE_URL ?? '', (client) =>
      client.query('select current_user as role'),
    );
    expect(rows).toEqual([{ role: 'hk_broker' }]);
    await withClient(broker.DATABASE_OWNER_URL ?? '', (client) => client.query('create table item (id int)'));
    const bus = await connect({
      servers: broker.NATS_URL ?? '',
      user: broker.NATS_USER ?? '',
      pass: broker.NATS_PASSWORD ?? '',
    });
    await bus.close();
    expect((await readdir(broker.KEYS_DIR ?? '')).filter((file) => file.startsWith('sig-'))).toHaveLength(1);
    expect(JSON.stringify(await environment('outside-sandbox'))).not.toContain(`:${topology(base).postgres.main}/`);

    const pids = [...bay.programs.pids().values(), bay.postgres.main.pid ?? 0, bay.postgres.outside.pid ?? 0];
    const outsideAndPostgres = 1 + 2;
    expect(pids).toHaveLength(programsOf(topology(base)).length + outsideAndPostgres);
    await bay.stop();
    expect(pids.filter(isAlive)).toEqual([]);
    await expect(stat(join(home, 'lock'))).rejects.toThrow('ENOENT');
  });

  it('keeps data, keys and passwords over a second start', async () => {
    const before = await environment('hk-broker');
    const lines: string[] = [];
    bay = await startBay({ home, workspace, base: await freeBase(), onProgress: (line) => lines.push(line) });
    const after = await environment('hk-broker');
    expect([after.KEK, after.NATS_PASSWORD, after.ROOTS]).toEqual([before.KEK, before.NATS_PASSWORD, before.ROOTS]);
    await withClient(after.DATABASE_OWNER_URL ?? '', (client) => client.query('select from item'));
    expect(lines.join()).not.toContain('made');
  });

  it('goes on from a start that was cut short and left a lock and a server', async () => {
    const base = await freeBase();
    const dataDir = join(home, 'postgres', 'main');
    const left = await startPostgres({ dataDir, port: topology(base).postgres.main, guarded: false });
    await writeFile(join(home, 'lock'), '2147483646');
    const lines: string[] = [];
    bay = await startBay({ home, workspace, base, onProgress: (line) => lines.push(line) });
    expect(lines[0]).toBe('an earlier start was cut short; going on from what it left');
    expect(isAlive(left.pid ?? 0)).toBe(false);
  });

  it('names a taken port and what needs it, and starts nothing', async () => {
    const base = await freeBase();
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(base + 210, '127.0.0.1', resolve));
    await expect(startBay({ home, workspace, base })).rejects.toMatchObject({
      problem: 'port-taken',
      message: expect.stringMatching(`^port ${base + 210} .* mo/consent needs it`),
    });
    blocker.close();
    await expect(stat(join(home, 'lock'))).rejects.toThrow('ENOENT');
  });

  it('stops what it had started when a program fails, and says which', async () => {
    const broken = join(workspace, 'apps', 'consent', 'dist', 'main.js');
    await writeFile(broken, `console.error('setting is missing or wrong: KEK: too short'); process.exit(78);`);
    const base = await freeBase();
    await expect(startBay({ home, workspace, base })).rejects.toMatchObject({
      problem: 'setting-broken',
      message: expect.stringMatching(/^(hk|mo|cn)\/consent did not start: .*KEK: too short/),
    });
    await writeFile(broken, PROGRAM);
    bay = await startBay({ home, workspace, base });
  });

  it('is not started twice', async () => {
    await writeFile(join(home, 'lock'), String(process.ppid));
    await expect(startBay({ home, workspace, base: await freeBase() })).rejects.toMatchObject({
      problem: 'already-running',
    });
    await rm(join(home, 'lock'));
  });

  it('ends at its next step when it is interrupted', async () => {
    const interruption = new AbortController();
    const onProgress = (line: string) => line.includes('databases') && interruption.abort();
    const started = startBay({ home, workspace, base: await freeBase(), signal: interruption.signal, onProgress });
    await expect(started).rejects.toThrow(/abort/i);
    await expect(stat(join(home, 'lock'))).rejects.toThrow('ENOENT');
  });
});

describe('removeBay', () => {
  it('removes what a run keeps, so that the next start is the first', async () => {
    await mkdir(join(home, 'cache'), { recursive: true });
    await removeBay({ home });
    expect(await readdir(home)).toEqual(['cache']);
  });
});
