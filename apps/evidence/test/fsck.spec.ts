import { spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { JURISDICTIONS } from '@bayway/domain';
import { CommandError } from '../../cli/src/command.js';
import { evidenceCommand } from '../../cli/src/evidence/evidence.js';
import { endWorld, newWorld, proofOf, record, rows, start, type Side, type World } from './fixture.js';

let world: World;
let hk: Side;
let roots: string;

beforeAll(async () => {
  world = await newWorld();
  hk = world.sides.hk;
  roots = join(world.trust.folder, 'pinned');
  for (const j of JURISDICTIONS) {
    await mkdir(join(roots, j), { recursive: true });
    await writeFile(join(roots, j, 'root.pub.json'), JSON.stringify(world.trust.roots.get(j)?.publicKey));
  }
  await Promise.all(Object.values(world.sides).map(start));
  for (const count of [3, 300, 260]) {
    const commitments = await record(hk, count);
    await proofOf(hk, commitments.at(-1) ?? '');
  }
}, 180_000);
afterAll(() => endWorld(world));

type Run = Readonly<{ code: number; out: string; err: string }>;

/** Runs `bayway evidence …` in this process. */
async function bayway(...args: string[]): Promise<Run> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await evidenceCommand(args, { stdin: new PassThrough(), stdout, stderr }).catch((error: unknown) => {
    if (!(error instanceof CommandError)) throw error;
    stderr.write(error.message);
    return error.exitCode;
  });
  return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') };
}

/** Runs it as a process of its own, built where it is older than its sources. */
function asProcess(...args: string[]): Promise<Run> {
  const { NODE_OPTIONS: _, ...env } = process.env;
  const script = new URL('../../../tools/bayway.mjs', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, 'evidence', ...args], { env });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  child.stderr.on('data', (chunk) => (err += String(chunk)));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code: code ?? -1, out, err })));
}

const places = (urls: Partial<Record<string, string>> = {}) => [
  ...JURISDICTIONS.flatMap((j) => ['--url', `${j}=${urls[j] ?? world.sides[j].url}`]),
  ...['--roots', roots],
];
const outside = (...more: string[]) => bayway('fsck', ...more, ...places());
const operator = () => bayway('fsck', ...places(), '--database', `hk=${hk.db.appUrl}`);
/** A database administrator: may do anything to the database. */
const administrator = (sql: string) => rows(hk.db.url, sql);

describe('bayway evidence fsck', () => {
  it('finds three logs in order from outside, and their tables as the operator', async () => {
    const found = await asProcess('fsck', ...places());
    expect(found).toMatchObject({ code: 0, err: '' });
    const signed = 'the newest signed by bayway.example/witness/cn and bayway.example/witness/mo';
    expect(found.out).toMatch(new RegExp(`^hk: in order: 5\\d\\d entries, \\d+ checkpoints, ${signed}\\n`));
    expect(found.out.trim().split('\n')).toHaveLength(3);
    const stored = await operator();
    expect(stored).toMatchObject({ code: 0, err: '' });
    expect(stored.out).toContain(`${signed}, and every table`);
  }, 240_000);

  it.each<[string, string[], string]>([
    ['no command', [], 'say which'],
    ['an unknown jurisdiction', ['fsck', 'sg'], 'no jurisdiction `sg`'],
    ['an unknown option', ['fsck', '--fast'], "Unknown option '--fast'"],
    ['an address without its jurisdiction', ['fsck', '--url', 'http://x.test'], '--url takes JURISDICTION=URL'],
    ['roots that are not there', ['fsck', '--roots', '/nowhere'], 'no root key in'],
  ])('is asked wrongly with %s', async (_, args, message) => {
    const { code, out, err } = await bayway(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
  });

  it('says who does not answer', async () => {
    const { code, err } = await bayway('fsck', 'hk', ...places({ cn: 'http://127.0.0.1:9' }));
    expect([code, err]).toEqual([3, 'http://127.0.0.1:9/key-directory does not answer']);
    const gone = await bayway('fsck', ...places(), '--database', 'hk=postgres://nobody@127.0.0.1:9/none');
    expect([gone.code, gone.out]).toEqual([3, 'hk: the database does not answer\n']);
  });
});

/** Not of the newest checkpoint: for that the log would ask its witness again. */
const SOME = 'where size = (select min(size) from cosignature where size > 300)';
const ALTERED = "decode(repeat('ab', 32), 'hex')";
/** What an administrator does, how it is put back, and the difference that is named: from outside and in the tables. */
const tampering: [string, string[], string[], string | RegExp, string | RegExp][] = [
  [
    'an altered entry',
    ['create table kept as table log_entry', `update log_entry set commitment = ${ALTERED} where index = 300`],
    [
      'update log_entry l set commitment = k.commitment from kept k where k.index = l.index and k.index = 300',
      'drop table kept',
    ],
    /has another root|holds another tree|does not fit/,
    /has another root|holds another tree|does not fit/,
  ],
  [
    'a deleted entry',
    ['create table kept as select * from log_entry where index = 4', 'delete from log_entry where index = 4'],
    ['insert into log_entry select * from kept', 'drop table kept'],
    'tile/entries/000 is missing',
    'entry 4 is missing',
  ],
  [
    'two entries that changed places',
    [
      'alter table log_entry drop constraint log_entry_pkey',
      'update log_entry set index = 603 - index where index in (301, 302)',
      'alter table log_entry add primary key (index)',
    ],
    [
      'alter table log_entry drop constraint log_entry_pkey',
      'update log_entry set index = 603 - index where index in (301, 302)',
      'alter table log_entry add primary key (index)',
    ],
    /has another root|holds another tree|does not fit/,
    /has another root|holds another tree|does not fit/,
  ],
  [
    'a rewritten hash of a tile',
    ['create table kept as table tile_hash', `update tile_hash set hash = ${ALTERED} where level = 1 and index = 1`],
    [
      'update tile_hash t set hash = k.hash from kept k where k.level = t.level and k.index = t.index',
      'drop table kept',
    ],
    'hash 1 does not fit tile/1/000.p/2',
    'hash 1 does not fit tile/1/000.p/2',
  ],
  [
    'a deleted hash of a tile',
    ['create table kept as table tile_hash', 'delete from tile_hash where level = 1 and index = 1'],
    ['insert into tile_hash select * from kept where level = 1 and index = 1', 'drop table kept'],
    'tile/1/000.p/2 is missing',
    'hash 1 of level 1 is missing',
  ],
  [
    'a checkpoint with another signature',
    ['create table kept as table checkpoint', "update checkpoint set note = replace(note, '— ', '— x')"],
    ['update checkpoint c set note = k.note from kept k where k.size = c.size', 'drop table kept'],
    /known key|did not sign/,
    /known key|did not sign/,
  ],
  [
    'a log that lost its end',
    [
      'create table kept as select * from checkpoint where size = (select max(size) from checkpoint)',
      'create table kept_too as select * from cosignature where size = (select max(size) from checkpoint)',
      'delete from cosignature where size = (select max(size) from checkpoint)',
      'delete from checkpoint where size = (select max(size) from checkpoint)',
    ],
    [
      'insert into checkpoint select * from kept',
      'insert into cosignature select * from kept_too',
      'drop table kept, kept_too',
    ],
    /witness\/(cn|mo) holds a tree of size 5\d\d, the log has/,
    /witness\/(cn|mo) holds a tree of size 5\d\d, the log has/,
  ],
];

describe('what a database administrator changed is named', () => {
  it.each(tampering)(
    '%s',
    async (_name, change, restore, ofOutsider, ofOperator) => {
      // The sequencer would sign on, or stop: nothing is recorded meanwhile.
      for (const sql of change) await administrator(sql);
      try {
        const [seen, stored] = [await outside('hk'), await operator()];
        expect([seen.code, stored.code]).toEqual([1, 1]);
        expect(seen.out).toMatch(ofOutsider);
        expect(stored.out).toMatch(ofOperator);
      } finally {
        for (const sql of restore) await administrator(sql);
      }
      expect((await operator()).code).toBe(0);
    },
    120_000,
  );

  it.each<[string, string[], string[], string]>([
    [
      'the root beside a note',
      ['create table kept as table checkpoint', `update checkpoint set root = ${ALTERED} where size > 300`],
      ['update checkpoint c set root = k.root from kept k where k.size = c.size', 'drop table kept'],
      'does not say what its note says',
    ],
    [
      'a cosignature under another name',
      [`update cosignature set witness = 'x' || witness ${SOME}`],
      ["update cosignature set witness = substr(witness, 2) where witness like 'x%'"],
      'is not its own',
    ],
    [
      'an entry behind the last checkpoint',
      [`insert into log_entry values (100000, ${ALTERED})`],
      ['delete from log_entry where index = 100000'],
      'entry 100000 is under no checkpoint',
    ],
    [
      'a hash behind the last checkpoint',
      [`insert into tile_hash values (2, 0, ${ALTERED})`],
      ['delete from tile_hash where level = 2'],
      'hash 0 of level 2 is under no checkpoint',
    ],
    [
      'a line of the key directory',
      ['create table kept as table directory_line', "update directory_line set line = line || 'A' where index = 2"],
      ['update directory_line d set line = k.line from kept k where k.index = d.index', 'drop table kept'],
      'key directory',
    ],
    [
      'what was witnessed',
      ['create table kept as table witnessed', 'update witnessed set size = size + 1'],
      [
        'alter table witnessed disable trigger user',
        'update witnessed w set size = k.size from kept k where k.origin = w.origin',
        'alter table witnessed enable trigger user',
        'drop table kept',
      ],
      'was not signed',
    ],
  ])(
    'in the tables only: %s',
    async (_name, change, restore, message) => {
      for (const sql of change) await administrator(sql);
      try {
        const found = await operator();
        expect(found.code).toBe(1);
        expect(found.out).toContain(message);
      } finally {
        for (const sql of restore) await administrator(sql);
      }
      expect((await operator()).code).toBe(0);
    },
    120_000,
  );
});

describe('what somebody between the log and the reader changed is named', () => {
  const between = async (change: (path: string, bytes: Buffer) => Buffer | undefined): Promise<[Server, string]> => {
    const server = createServer((request, response) => {
      void (async () => {
        const answer = await fetch(`${hk.url}${request.url}`);
        const bytes = change(request.url ?? '', Buffer.from(await answer.arrayBuffer()));
        response.statusCode = bytes ? answer.status : 404;
        response.end(bytes);
      })();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return [server, `http://127.0.0.1:${(server.address() as { port: number }).port}`];
  };
  const flipped = (bytes: Buffer, at: number) => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte)) as Buffer;

  it.each<[string, (path: string, bytes: Buffer) => Buffer | undefined, RegExp]>([
    [
      'an entry',
      (p, b) => (p === '/tile/entries/001' ? flipped(b, 2) : b),
      /entry 256 does not fit tile\/0\/001|has another root|holds another tree/,
    ],
    ['a hash', (p, b) => (p === '/tile/0/001' ? flipped(b, 40) : b), /entry 257 does not fit tile\/0\/001/],
    ['a tile away', (p, b) => (p === '/tile/0/000' ? undefined : b), /tile\/0\/000 is missing/],
    ['the checkpoint away', (p, b) => (p === '/checkpoint' ? undefined : b), /publishes no checkpoint/],
    ['a bundle cut short', (p, b) => (p === '/tile/entries/000' ? b.subarray(0, -1) : b), /hk: \S+/],
  ])('%s', async (_name, change, message) => {
    const [server, url] = await between(change);
    try {
      const { code, out } = await bayway('fsck', 'hk', ...places({ hk: url }));
      expect(out).toMatch(message);
      expect(code).toBe(1);
    } finally {
      server.close();
    }
  });
});
