import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localSecrets } from './secrets.js';
import { takeLock } from './start-lock.js';

let folder: string;
let node: ChildProcess;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bayway-spec-'));
  node = spawn(process.execPath, ['-e', 'console.log(1); setInterval(() => {}, 1000)'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if (node.stdout) await once(node.stdout, 'data');
});
afterAll(async () => {
  node.kill();
  await rm(folder, { recursive: true, force: true });
});

describe('takeLock', () => {
  it('holds the folder until it is released', async () => {
    const file = join(folder, 'one', 'lock');
    const lock = await takeLock(file);
    expect(lock.stale).toBe(false);
    expect(await readFile(file, 'utf8')).toBe(String(process.pid));
    await lock.release();
    expect((await takeLock(file)).stale).toBe(false);
  });

  it('names the process that runs the system already', async () => {
    const file = join(folder, 'running');
    await writeFile(file, String(node.pid));
    await expect(takeLock(file)).rejects.toMatchObject({
      problem: 'already-running',
      message: expect.stringContaining(`process ${node.pid}`),
    });
  });

  it.each([
    ['a process that is gone', '2147483646'],
    ['nothing, having been cut short', ''],
  ])('takes over a lock that names %s', async (_what, content) => {
    const file = join(folder, 'left');
    await writeFile(file, content);
    expect((await takeLock(file)).stale).toBe(true);
    expect(await readFile(file, 'utf8')).toBe(String(process.pid));
  });
});

describe('takeLock after the process id was given away', () => {
  it('takes the lock over from what is now another program', async () => {
    const other = spawn('sleep', ['60']);
    const file = join(folder, 'given-away');
    await writeFile(file, String(other.pid));
    expect((await takeLock(file)).stale).toBe(true);
    other.kill();
  });
});

describe('localSecrets', () => {
  it('derives the same secret for the same label over restarts, and others for other labels and homes', async () => {
    const derive = await localSecrets(join(folder, 'home'));
    const again = await localSecrets(join(folder, 'home'));
    const other = await localSecrets(join(folder, 'other'));
    expect(again('hk/broker kek')).toBe(derive('hk/broker kek'));
    expect(derive('hk/broker kek')).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(new Set([derive('a'), derive('b'), other('a')]).size).toBe(3);
  });
});
