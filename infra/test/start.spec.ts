import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freeBase } from '../src/local/free-base.js';
import { topology } from '../src/local/topology.js';
import { standIns } from './stand-ins.js';

const INFRA = fileURLToPath(new URL('..', import.meta.url));

let workspace: string;
let started: ChildProcess | undefined;

/** A workspace of its own, so that a system which somebody runs from this one is left alone. */
beforeAll(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'bayway-spec-'));
  await chmod(workspace, 0o755);
  await standIns(workspace);
  for (const part of ['dist', 'package.json', 'connectors', 'postgres'])
    await cp(join(INFRA, part), join(workspace, 'infra', part), { recursive: true });
  await symlink(join(INFRA, 'node_modules'), join(workspace, 'infra', 'node_modules'));
  await symlink(join(INFRA, '..', 'node_modules'), join(workspace, 'node_modules'));
});
afterAll(async () => {
  started?.kill('SIGKILL');
  await rm(workspace, { recursive: true, force: true });
});

const answers = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );

it('goes on running until Ctrl-C, then stops everything it started', async () => {
  const base = await freeBase();
  const main = `import('./infra/dist/start.js').then(({ main }) => main([]))`;
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, ['-e', main], {
    cwd: workspace,
    env: { PATH, HOME, BAYWAY_PORT: String(base) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started = child;
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += String(text)));
  const ended = once(child, 'exit');
  for (const end = Date.now() + 90_000; !said.includes('Ctrl-C stops everything.') && Date.now() < end;)
    await sleep(100);
  expect(said).toContain('Bayway is ready');
  await sleep(3_000);
  const broker = topology(base).instances.find(({ service }) => service === 'broker');
  const port = broker ? topology(base).portOf(broker) : 0;
  expect([child.exitCode, await answers(port)]).toEqual([null, true]);

  child.kill('SIGINT');
  expect(await ended).toEqual([0, null]);
  expect(said.trimEnd()).toMatch(/stopping …\nstopped$/);
  expect(await answers(port)).toBe(false);
}, 180_000);
