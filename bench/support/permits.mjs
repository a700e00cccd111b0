/** Permits: the consent service on a database with many consents, and the same statements with one signature by the bare driver. */
import { createHash, generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { evidenceRecorded, issuePermit } from '@bayway/contracts';
import { createDatabase, startPostgres, temporaryHome, WORKSPACE } from '@bayway/infra';
import { Bus, readConfig, serve } from '@bayway/service';
import { freePort, testNats, testTrust } from '@bayway/testing';
import pg from 'pg';
import { underLoad } from './load.mjs';
import { fill } from './search.mjs';

const CONCURRENCY = 8;

const built = (path) => import(pathToFileURL(join(WORKSPACE, 'apps', 'consent', 'dist', path)).href);
const digest = () => randomBytes(32).toString('base64url');

async function served(home) {
  const cluster = await startPostgres({ dataDir: join(home, 'postgres'), port: await freePort(), name: 'permits' });
  const [trust, nats] = [await testTrust(), await testNats()];
  const passwords = { ownerPassword: digest(), appPassword: digest() };
  const urls = await createDatabase({ adminUrl: cluster.adminUrl, database: 'bench_permits', ...passwords });
  const [{ ConsentConfig }, { ConsentModule }, { schema }] = await Promise.all(
    ['config.js', 'consent.module.js', 'schema.js'].map(built),
  );
  const config = readConfig(ConsentConfig, {
    ...{ NODE_ENV: 'test', JURISDICTION: 'cn', PORT: '0', BASE_URL: 'http://consent.bench', LOG_LEVEL: 'silent' },
    ...{ DATABASE_URL: urls.appUrl, DATABASE_OWNER_URL: urls.ownerUrl, DATABASE_POOL: '8' },
    ...{ NATS_URL: nats.url, NATS_USER: 'consent', NATS_PASSWORD: 'not-checked-by-this-server' },
    ...{ ISSUER: 'http://identity.bench', CONSOLE_URL: 'http://console.bench', ...trust.settings('cn/consent') },
  });
  const service = await serve({ name: 'consent', module: ConsentModule, schema, config }, { directory: trust.source });
  const bus = await Bus.connect({ url: nats.url, user: 'others', password: '' });
  // The log takes in what it is given, so that the relay comes to rest.
  bus.connection.subscribe(`${evidenceRecorded.subject}.to.evidence`, {
    callback: (_error, message) => {
      const { id, data } = message.json();
      message.respond(JSON.stringify({ id, response: { taken: data.length }, isDisposed: true }));
    },
  });
  const stop = async () => {
    await service.stop();
    await bus.close();
    await nats.stop();
    await cluster.stop();
  };
  const admin = Object.assign(new URL(cluster.adminUrl), { pathname: '/bench_permits' }).href;
  return { service, bus, urls, admin, stop };
}

/** Rows say nothing about numbers that mean something else: no other parameter of a permit is this one. */
const VERSION = 1_000_003;
const MOST_USED = 60_000;

/** Every consent in force, unused, good for long; a trigger guards states, which is not what is measured. */
const REFRESH = `update consent set state = 'given', ended_at = null, end_told_at = null, uses = 0, max_uses = 1000,
  version = ${VERSION}, given_at = coalesce(given_at, decided_at), expires_at = now() + interval '1 year'`;

/** Consents in an order of chance, each taken once before any is taken again. */
async function inTurn(db) {
  const { rows } = await db.query(
    `select id, subject_handle as handle, holder, uses, version from consent order by md5(id::text) limit ${MOST_USED}`,
  );
  let at = 0;
  return () => {
    const consent = rows[at++ % rows.length];
    const taken = { ...consent };
    consent.uses += 1;
    consent.version += 1;
    return taken;
  };
}

const requestFor = ({ id, handle, holder }) => ({
  ...{ consentId: id, subjectHandle: handle, dataRequestId: randomUUID(), holder, items: ['one'] },
  ...{ requestDigest: digest(), importerAssessmentDigest: digest(), exporterAssessmentDigest: digest() },
});

/** The statements of one permit as they reach PostgreSQL, with their parameters: from the transaction's begin to its commit. */
async function statementsOf({ service, bus }, consent) {
  const { DataSource } = createRequire(join(WORKSPACE, 'apps', 'consent', 'package.json'))('typeorm');
  const source = service.app.get(DataSource);
  const seen = new Map();
  const before = source.logger;
  source.logger = new Proxy(before, {
    get: (target, name) =>
      name === 'logQuery'
        ? (sql, parameters = [], runner) => {
            if (/^start transaction/i.test(sql)) seen.set(runner, []);
            seen.get(runner)?.push({ sql, parameters: [...parameters] });
          }
        : target[name],
  });
  const request = requestFor(consent);
  const { permit } = await bus.ask(issuePermit, request);
  source.logger = before;
  const isOurs = (steps) => steps.some(({ sql }) => /\binsert into permit\b/i.test(sql));
  const steps = [...seen.values()].find(isOurs);
  if (!steps) throw new Error('no statements of a permit were seen');
  const end = steps.findIndex(({ sql }) => /^commit/i.test(sql));
  return { steps: steps.slice(1, end), request, permit, at: Date.now() };
}

/** The same statements for another consent: its ids and digests in the place of those that were seen, new ones for new rows. */
function replayed({ steps, request, permit, at }, consent) {
  const other = requestFor(consent);
  const swap = new Map(Object.keys(request).map((member) => [request[member], other[member]]));
  const numbers = new Map([
    [1, consent.uses + 1],
    [VERSION, consent.version],
  ]);
  const swapped = (value) => {
    if (typeof value === 'number') return numbers.get(value) ?? value;
    if (value instanceof Date) return new Date(value.getTime() + Date.now() - at);
    if (typeof value !== 'string' || value === permit) return value;
    if (swap.has(value)) return swap.get(value);
    if (/^[0-9a-f-]{36}$/.test(value)) swap.set(value, randomUUID());
    else if (/^[A-Za-z0-9_-]{43}$/.test(value)) swap.set(value, digest());
    else if (value.startsWith('{')) return JSON.stringify(JSON.parse(value, (_key, inner) => swapped(inner)));
    return swap.get(value) ?? value;
  };
  return steps.map(({ sql, parameters }) => ({ sql, values: parameters.map(swapped) }));
}

/** Statements by name, prepared once per connection, and one ES256 signature over as many bytes as a permit has. */
function bare(pool, seen, next) {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = { key: privateKey, dsaEncoding: 'ieee-p1363' };
  const text = Buffer.from(seen.permit.slice(0, seen.permit.lastIndexOf('.')));
  const names = new Map(seen.steps.map(({ sql }) => [sql, createHash('md5').update(sql).digest('hex')]));
  return async () => {
    const client = await pool.connect();
    try {
      await client.query('begin');
      for (const { sql, values } of replayed(seen, next()))
        await client.query({ name: names.get(sql), text: sql, values });
      sign('sha256', text, key);
      await client.query('commit');
    } finally {
      client.release();
    }
  };
}

/** Begun at a steady rate, whether or not earlier ones are done: what waits for others is counted. */
async function atRate(work, { perSecond, seconds }) {
  const times = [];
  const begun = performance.now();
  const one = async (due) => {
    await work();
    times.push(performance.now() - due);
  };
  const all = [];
  for (let n = 0; n < perSecond * seconds; n += 1) {
    const due = begun + (n * 1_000) / perSecond;
    await sleep(Math.max(0, due - performance.now()));
    all.push(one(due));
  }
  await Promise.all(all);
  times.sort((a, b) => a - b);
  return { count: times.length, p50: times[Math.floor(times.length / 2)], p99: times[Math.floor(times.length * 0.99)] };
}

/** Both ways in turns, so that both meet the same machine. */
async function compared(world, pool, { db, seconds }) {
  const next = await inTurn(db);
  const seen = await statementsOf(world, next());
  const ways = {
    service: async () => world.bus.ask(issuePermit, requestFor(next())),
    floor: bare(pool, seen, next),
  };
  for (const work of Object.values(ways)) await underLoad(work, { concurrency: CONCURRENCY, seconds: 2, most: 2_000 });
  const rates = { service: [], floor: [] };
  for (let round = 0; round < 4; round += 1)
    for (const [name, work] of Object.entries(ways))
      rates[name].push(await underLoad(work, { concurrency: CONCURRENCY, seconds: seconds / 4, most: 5_000 }));
  const middle = (list) => list.map(({ perSecond }) => perSecond).sort((a, b) => a - b)[Math.floor(list.length / 2)];
  const [rate, floor] = [middle(rates.service), middle(rates.floor)];
  const half = await atRate(ways.service, { perSecond: rate / 2, seconds });
  const bareHalf = await atRate(ways.floor, { perSecond: rate / 2, seconds });
  return { rate, floor, half, bareHalf, statements: seen.steps.length + 2 };
}

/**
 * @param sizes numbers of consents, growing
 * @returns for each size: permits a second and the floor's, milliseconds at half of that load
 */
export async function permits({ sizes, seconds, say }) {
  const home = await temporaryHome('bayway-permits-');
  const world = await served(home);
  const db = new pg.Client({ connectionString: world.admin });
  db.on('error', () => undefined);
  const pool = new pg.Pool({ connectionString: world.urls.appUrl, max: CONCURRENCY });
  pool.on('error', () => undefined);
  try {
    await db.connect();
    const found = [];
    let from = 1;
    for (const consents of sizes) {
      await fill(db, { from, consents, say });
      await db.query('set session_replication_role = replica');
      await db.query('delete from permit; delete from consent_use');
      await db.query(REFRESH);
      await db.query('reset session_replication_role');
      await db.query('vacuum full consent');
      await db.query('vacuum analyze');
      await db.query('checkpoint');
      say(`permits, ${consents} consents …`);
      found.push({ consents, ...(await compared(world, pool, { db, seconds })) });
      from = consents + 1;
    }
    return found;
  } finally {
    await pool.end();
    await db.end();
    await world.stop();
    await rm(home, { recursive: true, force: true });
  }
}
