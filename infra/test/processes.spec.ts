import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { transform } from '@swc/core';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { guard, isAlive } from '../src/guard.js';
import { freePort } from '../src/ports.js';
import { Supervisor, type ProcessSpec, type UnexpectedEnd } from '../src/processes.js';

const PROGRAM = `
import { createServer } from 'node:http';
import { appendFileSync } from 'node:fs';
const { PORT, NAME, TRACE, MODE, SECRET } = process.env;
const trace = (what) => appendFileSync(TRACE, NAME + ' ' + what + '\\n');
if (MODE === 'bad-setting') { console.error('setting is missing or wrong: NATS_URL: required'); process.exit(78); }
if (MODE === 'never-ready') setInterval(() => undefined, 1000);
else createServer((q, r) => { r.statusCode = q.url === '/health/ready' ? 200 : 404; r.end(); }).listen(Number(PORT), '127.0.0.1', () => trace('up'));
process.on('SIGTERM', () => { if (MODE === 'stubborn') return; trace('down'); process.exit(0); });
console.log('inherits ' + (process.env.BAYWAY_SPEC_ONLY ?? 'nothing') + ', secret ' + SECRET);
`;

let folder: string;
let trace: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bayway-spec-'));
  trace = join(folder, 'trace');
  await writeFile(join(folder, 'program.mjs'), PROGRAM);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function program(name: string, mode = '', change: Partial<ProcessSpec> = {}): Promise<ProcessSpec> {
  const port = await freePort();
  return {
    name,
    args: [join(folder, 'program.mjs')],
    env: { PORT: String(port), NAME: name, TRACE: trace, MODE: mode, SECRET: 'given' },
    logFile: join(folder, 'logs', `${name}.log`),
    readyUrl: `http://127.0.0.1:${port}/health/ready`,
    ...change,
  };
}

const gone = async (pid: number) => {
  for (const end = Date.now() + 10_000; isAlive(pid) && Date.now() < end;) await sleep(20);
  return !isAlive(pid);
};

describe('Supervisor', () => {
  it('starts stages in order and stops them in reverse', async () => {
    await writeFile(trace, '');
    const supervisor = new Supervisor();
    const ready: string[] = [];
    await supervisor.start([await program('evidence')], (name) => ready.push(name));
    await supervisor.start([await program('broker'), await program('consent')]);
    const pids = [...supervisor.pids().values()];
    expect(pids).toHaveLength(3);
    await supervisor.stop();
    expect(pids.map(isAlive)).toEqual([false, false, false]);
    const lines = (await readFile(trace, 'utf8')).trim().split('\n');
    expect(lines[0]).toBe('evidence up');
    expect(lines.at(-1)).toBe('evidence down');
    expect(ready).toEqual(['evidence']);
  });

  it('passes on nothing of our environment but what is named', async () => {
    process.env.BAYWAY_SPEC_ONLY = 'leaked';
    const supervisor = new Supervisor();
    await supervisor.start([await program('alone')]);
    await supervisor.stop();
    delete process.env.BAYWAY_SPEC_ONLY;
    expect(await readFile(join(folder, 'logs', 'alone.log'), 'utf8')).toContain('inherits nothing, secret given');
  });

  it('names a broken setting, a missing file and a program that is never ready', async () => {
    const supervisor = new Supervisor();
    await expect(supervisor.start([await program('hk/broker', 'bad-setting')])).rejects.toMatchObject({
      problem: 'setting-broken',
      message: expect.stringMatching(
        /^hk\/broker did not start: it ended with exit code 78: .*NATS_URL: required \(log: /,
      ),
    });
    const missing = await program('nowhere', '', { args: [join(folder, 'missing.mjs')] });
    await expect(supervisor.start([missing])).rejects.toMatchObject({ problem: 'service-failed' });
    const slow = await program('slow', 'never-ready', { readyTimeoutMs: 300 });
    await expect(supervisor.start([slow])).rejects.toThrow(/slow did not start: it was not ready in time/);
    await sleep(100);
    expect(supervisor.pids().size).toBe(0);
  });

  it('reports an end nobody asked for, once, and not one that was asked for', async () => {
    const ends: UnexpectedEnd[] = [];
    const supervisor = new Supervisor((end) => ends.push(end));
    await supervisor.start([await program('one'), await program('other')]);
    process.kill(supervisor.pids().get('one') ?? 0, 'SIGKILL');
    for (const end = Date.now() + 5_000; ends.length === 0 && Date.now() < end;) await sleep(20);
    await supervisor.stop();
    expect(ends).toEqual([expect.objectContaining({ name: 'one', how: 'SIGKILL' })]);
  });

  it('starts a program again after kill -9', async () => {
    const supervisor = new Supervisor();
    await supervisor.start([await program('again')]);
    const before = supervisor.pids().get('again');
    await supervisor.restart('again', 'SIGKILL');
    expect(supervisor.pids().get('again')).not.toBe(before);
    await supervisor.stop();
  });

  it('ends a program that ignores SIGTERM when its grace is over', async () => {
    const supervisor = new Supervisor();
    await supervisor.start([await program('stubborn', 'stubborn', { graceMs: 300 })]);
    const pid = supervisor.pids().get('stubborn') ?? 0;
    await supervisor.stop();
    expect(isAlive(pid)).toBe(false);
  });

  it('puts a long log aside', async () => {
    const spec = await program('long');
    await writeFile(spec.logFile, 'x'.repeat(10_000_001));
    const supervisor = new Supervisor();
    await supervisor.start([spec]);
    await supervisor.stop();
    expect(await readFile(spec.logFile, 'utf8')).toMatch(/^inherits nothing/);
    expect((await readFile(`${spec.logFile}.1`)).length).toBe(10_000_001);
  });
});

describe('guard', () => {
  it('stops the program when its keeper is killed with SIGKILL', async () => {
    const source = await readFile(new URL('../src/guard.ts', import.meta.url), 'utf8');
    const { code } = await transform(source, { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } });
    await writeFile(join(folder, 'guard.mjs'), code);
    const keep = `
      import { spawn } from 'node:child_process';
      import { guard } from './guard.mjs';
      const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
      guard(child.pid, 'TERM');
      process.stdout.write(String(child.pid));
      setInterval(() => undefined, 1000);`;
    await writeFile(join(folder, 'keeper.mjs'), keep);
    const keeper = spawn(process.execPath, [join(folder, 'keeper.mjs')], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const [chunk] = (await once(keeper.stdout, 'data')) as [Buffer];
      const pid = Number(chunk.toString());
      await sleep(200);
      expect(isAlive(pid)).toBe(true);
      keeper.kill('SIGKILL');
      expect(await gone(pid)).toBe(true);
    } finally {
      keeper.kill('SIGKILL');
    }
  });

  it('leaves the program alone when it is called off', async () => {
    const child = spawn('sleep', ['60']);
    try {
      const unguard = guard(child.pid ?? 0, 'TERM');
      unguard();
      await sleep(200);
      expect(isAlive(child.pid ?? 0)).toBe(true);
    } finally {
      child.kill();
    }
  });
});
