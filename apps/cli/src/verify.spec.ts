import { mkdtemp, readFile, rm, writeFile, mkdir } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodeTile, type HashTile, parseTilePath } from '@bayway/transparency';
import { evidenceOf, newBundle } from '@bayway/testing';
import { bundleCommand } from './bundle.js';
import { CommandError, type Command } from './command.js';
import { readPins } from './roots.js';
import { verifyCommand } from './verify.js';

class Page extends Writable {
  text = '';
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

async function run(command: Command, args: readonly string[]) {
  const [stdout, stderr] = [new Page(), new Page()];
  const exit = await command(args, { stdin: process.stdin, stdout, stderr });
  return { exit, out: stdout.text, err: stderr.text };
}

let made: Awaited<ReturnType<typeof newBundle>>;
let folder: string;
let server: Server;
let evidence: string;
const at = (name: string) => join(folder, name);
beforeAll(async () => {
  made = await newBundle();
  folder = await mkdtemp(join(tmpdir(), 'verify-'));
  await writeFile(at('bundle.json'), made.bytes);
  await writeFile(at('roots.json'), JSON.stringify(made.world.pins));
  await writeFile(at('parts.json'), JSON.stringify(made.parts));
  server = served(made.world);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  evidence = JSON.stringify({ cn: `${base}/cn`, hk: `${base}/hk`, mo: `${base}/mo` });
}, 60_000);
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

/** The three evidence services over HTTP, each below a path of its own. */
function served(world: (typeof made)['world']): Server {
  const source = evidenceOf(world.logs);
  const answer = async (url: URL): Promise<string | Uint8Array | undefined> => {
    const [, side, what, ...rest] = url.pathname.split('/') as [string, 'cn', string, ...string[]];
    if (what === 'key-directory')
      return JSON.stringify({ lines: await source.lines(url.searchParams.get('owner') ?? '') });
    if (what === 'proofs') return source.proof(side, rest[0] ?? '');
    return encodeTile(parseTilePath(`tile/${rest.join('/')}`) as HashTile, world.logs[side].tree.hashOf);
  };
  return createServer((request, response) => {
    void answer(new URL(request.url ?? '', 'http://here')).then((body) => {
      response.statusCode = body === undefined ? 404 : 200;
      response.end(body);
    });
  });
}

describe('bayway verify', () => {
  it('says what a bundle shows and exits 0', async () => {
    const { exit, out, err } = await run(verifyCommand, [at('bundle.json'), '--roots', at('roots.json')]);
    expect([exit, err]).toEqual([0, '']);
    expect(out).toMatch(/^valid {5}data request [0-9a-f-]{36}\n/);
    expect(out).toContain('from, to  cn/agency, hk/bank, for credit-underwriting');
    expect(out).toMatch(/log {7}cn, \d+ entries, witnessed by hk /);
  });

  it('says the first thing wrong and exits 1', async () => {
    const altered = Buffer.from(made.bytes);
    const salt = altered.indexOf('"salt":"') + 8;
    altered.write(altered.toString('utf8', salt, salt + 1) === 'A' ? 'B' : 'A', salt);
    await writeFile(at('altered.json'), altered);
    const { exit, out, err } = await run(verifyCommand, [at('altered.json'), '--roots', at('roots.json')]);
    expect([exit, out]).toEqual([1, '']);
    expect(err).toMatch(
      /^not valid: check 18 \(logged\) at \/entries\/\w+: its record is not at this place in the log\n$/,
    );
    await writeFile(at('long.json'), 'x'.repeat(300_000));
    expect((await run(verifyCommand, [at('long.json'), '--roots', at('roots.json')])).err).toMatch(/check 1 \(size\)/);
  });

  it('is asked wrongly: no bundle, no roots, none of both', async () => {
    const asked = [[], ['a', 'b'], ['--what', 'x', 'a'], [at('none'), '--roots', at('roots.json')]];
    for (const args of [
      ...asked,
      [at('bundle.json'), '--roots', at('bundle.json')],
      [folder, '--roots', at('roots.json')],
    ])
      await expect(run(verifyCommand, args)).rejects.toMatchObject({ exitCode: 2 });
  });

  it('pins the roots of the system on this machine unless told otherwise', async () => {
    for (const [side, root] of Object.entries(made.world.pins)) {
      await mkdir(at(`keys/${side}`), { recursive: true });
      await writeFile(at(`keys/${side}/root.pub.json`), JSON.stringify(root));
    }
    expect(await readPins(undefined, folder)).toEqual(made.world.pins);
    await expect(readPins(undefined, at('nowhere'))).rejects.toThrow(CommandError);
  });
});

describe('bayway bundle', () => {
  const args = (parts: string, urls: string) => [
    ...[at(parts), '--evidence', urls, '--out', at('made.json'), '--roots', at('roots.json')],
  ];

  it('makes of the parts and of public evidence the file that verifies', async () => {
    const { exit, out } = await run(bundleCommand, args('parts.json', evidence));
    expect([exit, out.slice(0, 5)]).toEqual([0, 'valid']);
    expect(await readFile(at('made.json'))).toEqual(Buffer.from(made.bytes));
  });

  it('writes nothing when a part is missing, false, or a service does not answer', async () => {
    const { records, objects } = made.parts;
    await writeFile(at('less.json'), JSON.stringify({ objects, records: { ...records, importer: [] } }));
    await rm(at('made.json'), { force: true });
    await expect(run(bundleCommand, args('less.json', evidence))).rejects.toThrow('record-missing');
    await expect(run(bundleCommand, args('roots.json', evidence))).rejects.toMatchObject({ exitCode: 2 });
    await expect(run(bundleCommand, args('parts.json', '{"cn":1}'))).rejects.toMatchObject({ exitCode: 2 });
    const nowhere = JSON.stringify({ cn: 'http://127.0.0.1:9', hk: 'http://127.0.0.1:9', mo: 'http://127.0.0.1:9' });
    await expect(run(bundleCommand, args('parts.json', nowhere))).rejects.toThrow('does not answer');
    const other = await newBundle();
    await writeFile(at('other.json'), JSON.stringify(other.world.pins));
    const { exit, err } = await run(bundleCommand, [...args('parts.json', evidence).slice(0, -1), at('other.json')]);
    expect([exit, err]).toEqual([1, expect.stringMatching(/^not valid: check 5 /)]);
    await expect(readFile(at('made.json'))).rejects.toThrow();
  });
});
