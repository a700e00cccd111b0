import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findNatsServer, NATS_RELEASE } from './nats-binary.js';
import { run } from './run.js';

const nowhere = '/nonexistent';

describe('findNatsServer', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bayway-spec-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const fake = async (dir: string, version: string) => {
    await mkdir(dir, { recursive: true });
    await writeFile(join(dir, 'nats-server'), `#!/bin/sh\necho 'nats-server: v${version}'\n`);
    await chmod(join(dir, 'nats-server'), 0o755);
    return dir;
  };

  it('takes the one on PATH first', async () => {
    const path = await fake(join(folder, 'path'), '2.11.1');
    const cacheDir = await fake(join(folder, 'cache'), '2.10.0');
    await expect(findNatsServer({ cacheDir, path })).resolves.toEqual({
      path: join(path, 'nats-server'),
      version: '2.11.1',
      source: 'PATH',
    });
  });

  it('takes the cached one when PATH has none, or has one that is too old', async () => {
    const cacheDir = await fake(join(folder, 'cache2'), '2.10.0');
    const path = await fake(join(folder, 'old'), '2.8.4');
    await expect(findNatsServer({ cacheDir, path: nowhere })).resolves.toMatchObject({
      source: 'cache',
      version: '2.10.0',
    });
    await expect(findNatsServer({ cacheDir, path })).resolves.toMatchObject({ source: 'cache' });
  });

  it('lists what was tried and what to do when none works', async () => {
    const cacheDir = join(folder, 'none');
    const path = await fake(join(folder, 'ancient'), '1.4.1');
    const failure = findNatsServer({ cacheDir, path, debian: false, releaseUrl: 'http://127.0.0.1:1' });
    await expect(failure).rejects.toMatchObject({ problem: 'nats-server-missing' });
    await expect(failure).rejects.toThrow(
      /PATH: .*1\.4\.1.*cache: empty.*Debian package: switched off.*release: .*cannot be reached.*install it/,
    );
  });
});

describe('findNatsServer from a release', () => {
  const name = `nats-server-${NATS_RELEASE}-${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
  let folder: string;
  let server: Server;
  let sums: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bayway-spec-'));
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, 'nats-server'), `#!/bin/sh\necho 'nats-server: ${NATS_RELEASE}'\n`, {
      mode: 0o755,
    });
    await run('tar', ['-czf', 'archive.tar.gz', name], { cwd: folder });
    const archive = await readFile(join(folder, 'archive.tar.gz'));
    sums = `${createHash('sha256').update(archive).digest('hex')}  ${name}.tar.gz\n`;
    server = createServer((request, response) => {
      response.end(request.url?.endsWith('SHA256SUMS') ? sums : archive);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    server.close();
    await rm(folder, { recursive: true, force: true });
  });

  const search = (cache: string) => ({
    cacheDir: join(folder, cache),
    path: nowhere,
    debian: false,
    releaseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  });

  it('downloads, checks and keeps it', async () => {
    await expect(findNatsServer(search('kept'))).resolves.toMatchObject({ source: 'release' });
    await expect(findNatsServer(search('kept'))).resolves.toMatchObject({ source: 'cache' });
  });

  it('refuses a download whose checksum is not the published one', async () => {
    sums = sums.replace(/^../, '00');
    await expect(findNatsServer(search('refused'))).rejects.toThrow(/SHA256SUMS does not list/);
    await expect(readFile(join(folder, 'refused', 'nats-server'))).rejects.toThrow('ENOENT');
  });
});
