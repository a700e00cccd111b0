/** The floor: the same programs without Bayway in them, and the same work with bare drivers. */
import { spawn } from 'node:child_process';
import { createHash, generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { findNatsServer, NATS_CACHE, startNats, startPostgres } from '@bayway/infra';
import { connect } from '@nats-io/transport-node';
import { CompactEncrypt, compactDecrypt } from 'jose';
import pg from 'pg';
import { underLoad } from './load.mjs';
import { cpuSecondsOf, familyResidentOf, residentOf } from './processes.mjs';

/**
 * What one exchange takes at least, counted along its way: signatures (17: five of the partner, two assessments, permit,
 * record, four messages over the border and their replies), verifications of them by each who relies on one, encryption of
 * handle and record, requests over NATS (4 over the border, 5 between services, 4 facts, 10 evidence entries).
 */
export const WORK = { signatures: 17, verifications: 26, encryptions: 2, requests: 23 };

const RECORD_BYTES = 6_000;
const MESSAGE_BYTES = 2_000;
const ROW_BYTES = 600;
const SERVER = 'require("http").createServer((q, s) => s.end()).listen(0, "127.0.0.1", () => console.log("ready"))';

/** A Node program that does nothing but listen; ready once it does. */
function bareProgram() {
  const stdio = ['ignore', 'pipe', 'ignore'];
  const child = spawn(process.execPath, ['--max-semi-space-size=2', '-e', SERVER], { stdio });
  return new Promise((resolve, reject) => child.once('error', reject).stdout.once('data', () => resolve(child)));
}

/** Two PostgreSQL, three nats-servers, then as many idle programs as the system has. */
export async function startBare({ home, ports, programs }) {
  const from = performance.now();
  const clusters = [];
  for (const [index, name] of ['main', 'outside'].entries())
    clusters.push(await startPostgres({ dataDir: join(home, 'bare', name), port: ports[index], name }));
  const { path: binary } = await findNatsServer({ cacheDir: NATS_CACHE });
  const servers = [];
  for (let n = 0; n < 3; n += 1) {
    const folder = join(home, 'bare', `nats-${n}`);
    servers.push(await startNats({ binary, config: '', folder, logFile: join(home, `nats-${n}.log`), port: 0 }));
  }
  const children = await Promise.all(Array.from({ length: programs }, bareProgram));
  const seconds = (performance.now() - from) / 1_000;
  const endPrograms = () => children.splice(0).forEach((child) => child.kill());
  const stop = async () => {
    endPrograms();
    await Promise.all([...servers, ...clusters].map((server) => server.stop()));
  };
  const memory = () => {
    const all = [...children.map(({ pid }) => residentOf(pid)), ...servers.map(({ pid }) => residentOf(pid))];
    const families = clusters.map(({ pid }) => familyResidentOf(pid));
    return [...all, ...families].reduce((sum, megabytes) => sum + megabytes, 0);
  };
  return { seconds, clusters, servers, memory, endPrograms, stop };
}

/** Signatures and encryptions of one exchange. */
function crypto() {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const seal = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const [text, record] = [randomBytes(MESSAGE_BYTES), randomBytes(RECORD_BYTES)];
  const key = { dsaEncoding: 'ieee-p1363' };
  const proof = sign('sha256', text, { key: pair.privateKey, ...key });
  const header = { alg: 'ECDH-ES', enc: 'A256GCM' };
  return async () => {
    for (let n = 0; n < WORK.signatures; n += 1) sign('sha256', text, { key: pair.privateKey, ...key });
    for (let n = 0; n < WORK.verifications; n += 1) verify('sha256', text, { key: pair.publicKey, ...key }, proof);
    for (let n = 0; n < WORK.encryptions; n += 1) {
      const jwe = await new CompactEncrypt(record).setProtectedHeader(header).encrypt(seal.publicKey);
      await compactDecrypt(jwe, seal.privateKey);
      createHash('sha256').update(jwe).digest();
    }
  };
}

/** Commits of one exchange: as many as were counted in the system, with as many rows, by named prepared statements. */
async function commits(pool, { writes, rows }) {
  await pool.query('create table if not exists fact (id bigint generated always as identity primary key, data text)');
  const count = Math.max(1, Math.round(writes));
  const data = Array.from({ length: Math.max(1, Math.round(rows / count)) }, () => 'x'.repeat(ROW_BYTES));
  const statement = { name: 'fact', text: 'insert into fact (data) select unnest($1::text[])', values: [data] };
  return async () => {
    for (let n = 0; n < count; n += 1) await pool.query(statement);
  };
}

/** Requests of one exchange, each answered with as much as was asked. */
async function requests(url) {
  const [asking, answering] = await Promise.all([0, 1].map(() => connect({ servers: url, noAsyncTraces: true })));
  answering.subscribe('floor', { callback: (_error, message) => message.respond(message.data) });
  await answering.flush();
  const body = new TextEncoder().encode(JSON.stringify({ data: 'x'.repeat(MESSAGE_BYTES) }));
  const work = async () => {
    for (let n = 0; n < WORK.requests; n += 1) await asking.request('floor', body, { timeout: 5_000 });
  };
  return { work, close: () => Promise.all([asking.close(), answering.close()]) };
}

/**
 * The work of exchanges without HTTP, framework, rules and reads, in one process.
 * @param observed what the system needed per exchange: `writes`, `rows`; and its `loads`, whose concurrency is repeated
 */
export async function bareExchanges({ clusters: [cluster], servers: [server] }, observed, seconds) {
  const pool = new pg.Pool({ connectionString: cluster.adminUrl, max: 8 });
  // Connections that are still closing when the cluster stops are no failure of the bench.
  pool.on('error', () => undefined);
  const bus = await requests(server.url);
  const steps = [crypto(), await commits(pool, observed), bus.work];
  const exchange = async () => {
    for (const step of steps) await step();
  };
  const cpu = () => {
    const own = process.cpuUsage();
    return {
      script: (own.user + own.system) / 1e6,
      postgres: cpuSecondsOf(cluster.pid),
      nats: cpuSecondsOf(server.pid),
    };
  };
  try {
    await underLoad(exchange, { concurrency: 4, seconds: 1, most: 1_000 });
    const before = cpu();
    const loads = [];
    for (const { concurrency } of observed.loads)
      loads.push(await underLoad(exchange, { concurrency, seconds, most: Infinity }));
    const after = cpu();
    const count = loads.reduce((sum, load) => sum + load.count, 0);
    const parts = Object.keys(after).map((name) => [name, ((after[name] - before[name]) * 1_000) / count]);
    return { loads, cpu: Object.fromEntries(parts) };
  } finally {
    await bus.close();
    await pool.end();
  }
}
