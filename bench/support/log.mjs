/** The log of one jurisdiction under load, and PostgreSQL's own batched inserts beside it in the same cluster. */
import { randomBytes, randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { TILE_WIDTH, tilePath } from '@bayway/transparency';
import { connect } from '@nats-io/transport-node';
import pg from 'pg';
import { cpuSecondsOf } from './processes.mjs';

/** Entries in line at once where the sequencer is measured alone, and rows per statement of the floor. */
const BACKLOG = 50_000;
const ROWS = 5_000;
/** The smaller size of the log at which everything is measured; the larger one is asked for. */
const SMALL = 10_000;
/** Entries a second while the way to a witnessed checkpoint is measured, in deliveries as a relay makes them. */
const RATE = 1_000;
const DELIVERY = 50;
const RATE_SECONDS = 10;
const SUBJECT = 'evidence.recorded.v1.to.evidence';
/** Questions over HTTP, one after the other, of which the first do not count: compiling is not what is measured. */
const ASKED = 500;
const WARMING = 100;

const commitments = (count) => Array.from({ length: count }, () => randomBytes(32));

const percentile = (times, share) => {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
};
const spread = (times) => ({ p50: percentile(times, 0.5), p99: percentile(times, 0.99), count: times.length });

/**
 * @param world what `startThreeLogs` answers
 * @returns by size of the log: entries a second placed and delivered, rows a second of the floor; milliseconds of a proof,
 *   of an entry bundle, of an answer without work, and from an entry to its witnessed checkpoint; at a thousand entries a
 *   second, processor milliseconds a second by process
 */
export async function measureLog({ bus, url, database, processes }, { entries, say }) {
  const pool = new pg.Pool({ connectionString: database, max: 3 });
  const connection = await connect({ ...bus, noAsyncTraces: true });
  try {
    const log = { pool, connection, url, processes };
    const sizes = [];
    for (const size of [SMALL, entries]) {
      say(`log of ${size} entries …`);
      await grow(log, { size, say });
      sizes.push({ size, ...(await measured(log)) });
    }
    return sizes;
  } finally {
    await connection.close();
    await pool.end();
  }
}

/** What only reads first; then at a steady rate; then as fast as it goes. */
async function measured(log) {
  const nothing = await asked(log, Array(ASKED).fill('health/live'));
  const proof = await asked(log, await someProofs(log));
  const bundle = await asked(log, await someBundles(log));
  const witness = await witnessed(log);
  const rate = await placed(log, BACKLOG);
  return { nothing, proof, bundle, witness, rate, floor: await floor(log.pool), delivered: await deliveredRate(log) };
}

const sizeOf = async ({ pool }) =>
  Number((await pool.query('select coalesce(max(size), 0) as size from checkpoint')).rows[0].size);

const queue = ({ pool }, count) =>
  pool.query('insert into pending_entry (commitment) select unnest($1::bytea[])', [commitments(count)]);

async function untilSize(log, size) {
  while ((await sizeOf(log)) < size) await sleep(10);
}

/** Lets the service's own sequencer place as many as are missing; the line in front of it stays short. */
async function grow(log, { size, say }) {
  const from = await sizeOf(log);
  const begun = performance.now();
  for (let queued = from, told = begun; queued < size;) {
    const some = Math.min(ROWS, size - queued);
    await queue(log, some);
    queued += some;
    while ((await sizeOf(log)) < queued - 2 * BACKLOG) await sleep(10);
    if (performance.now() - told < 30_000) continue;
    told = performance.now();
    say(`${queued} entries, ${Math.round((queued - from) / ((told - begun) / 1_000))} a second …`);
  }
  await untilSize(log, size);
  await log.pool.query('vacuum analyze pending_entry, log_entry, tile_hash, inbox');
  await log.pool.query('checkpoint');
}

/** Entries a second from a full queue into signed checkpoints; the sequencer is held back while the queue is filled. */
async function placed(log, count) {
  const from = await sizeOf(log);
  const holder = await log.pool.connect();
  await holder.query('begin');
  await holder.query('select pg_advisory_xact_lock(4110)');
  for (let left = count; left > 0; left -= ROWS) await queue(log, ROWS);
  const begun = performance.now();
  await holder.query('commit');
  holder.release();
  await untilSize(log, from + count);
  return count / ((performance.now() - begun) / 1_000);
}

/** Rows a second that PostgreSQL takes by itself: the same two columns and indices, committed batch by batch. */
async function floor(pool) {
  await pool.query('drop table if exists floor');
  await pool.query('create table floor (index bigint primary key, commitment bytea not null unique)');
  const begun = performance.now();
  for (let from = 0; from < BACKLOG; from += ROWS)
    await pool.query('insert into floor select * from unnest($1::bigint[], $2::bytea[])', [
      Array.from({ length: ROWS }, (_, i) => from + i),
      commitments(ROWS),
    ]);
  const rate = BACKLOG / ((performance.now() - begun) / 1_000);
  await pool.query('drop table floor');
  return rate;
}

const someIndices = async (log, count) => {
  const size = await sizeOf(log);
  return Array.from({ length: count }, () => Math.floor(Math.random() * size));
};

/** Addresses of proofs of entries in all parts of the log. */
async function someProofs(log) {
  const sql = 'select commitment from log_entry where index = any($1) order by random()';
  const { rows } = await log.pool.query(sql, [await someIndices(log, ASKED)]);
  return rows.map(({ commitment }) => `proofs/${commitment.toString('base64url')}`);
}

/** Addresses of whole entry bundles in all parts of the log, as an audit reads them. */
async function someBundles(log) {
  const whole = Math.floor((await sizeOf(log)) / TILE_WIDTH);
  const random = () => Math.floor(Math.random() * whole);
  return Array.from({ length: ASKED }, () => tilePath({ level: 'entries', index: random(), width: TILE_WIDTH }));
}

/** Milliseconds of each question over HTTP, one after the other. */
async function asked({ url }, paths) {
  const times = [];
  for (const path of paths) {
    const begun = performance.now();
    const answer = await fetch(`${url}/${path}`);
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
    times.push(performance.now() - begun);
  }
  return spread(times.slice(WARMING));
}

async function deliver({ connection }, entries) {
  const at = new Date().toISOString();
  const data = entries.map((entry) => ({ id: randomUUID(), data: { commitment: entry.toString('base64url'), at } }));
  const frame = JSON.stringify({ id: randomUUID(), data });
  const answer = JSON.parse(
    new TextDecoder().decode((await connection.request(SUBJECT, frame, { timeout: 20_000 })).data),
  );
  if (answer.err) throw new Error(`a delivery was refused: ${JSON.stringify(answer.err)}`);
}

/** Entries a second from eight relays at once, through inbox and queue, into signed checkpoints. */
async function deliveredRate(log) {
  const from = await sizeOf(log);
  const count = 20_000;
  let left = count / DELIVERY;
  const begun = performance.now();
  const relay = async () => {
    while (left-- > 0) await deliver(log, commitments(DELIVERY));
  };
  await Promise.all(Array.from({ length: 8 }, relay));
  await untilSize(log, from + count);
  return count / ((performance.now() - begun) / 1_000);
}

const cpuOf = ({ processes }) =>
  Object.fromEntries(Object.entries(processes).map(([name, pid]) => [name, cpuSecondsOf(pid)]));

/** Milliseconds from sending an entry to a checkpoint over it that both others have cosigned, at a steady rate. */
async function witnessed(log) {
  const sent = [];
  const watch = watchWitnessed(log);
  const cpuBefore = cpuOf(log);
  const begun = performance.now();
  for (let n = 0; n < (RATE * RATE_SECONDS) / DELIVERY; n += 1) {
    await sleep(Math.max(0, begun + (n * DELIVERY * 1_000) / RATE - performance.now()));
    const [entry, ...others] = commitments(DELIVERY);
    sent.push({ entry, at: performance.now(), done: deliver(log, [entry, ...others]) });
  }
  await Promise.all(sent.map(({ done }) => done));
  const placedRows = async () =>
    (
      await log.pool.query('select commitment, index from log_entry where commitment = any($1)', [
        sent.map(({ entry }) => entry),
      ])
    ).rows;
  let rows = await placedRows();
  for (; rows.length < sent.length; rows = await placedRows()) await sleep(100);
  const last = await sizeOf(log);
  const seen = await watch.until(last);
  const cpu = Object.entries(cpuOf(log)).map(([name, seconds]) => [
    name,
    ((seconds - cpuBefore[name]) * 1_000) / RATE_SECONDS,
  ]);
  const indices = new Map(rows.map(({ commitment, index }) => [commitment.toString('hex'), Number(index)]));
  const times = sent.map(({ entry, at }) => {
    const index = indices.get(entry.toString('hex'));
    return seen.find(({ size }) => size > index).at - at;
  });
  return { ...spread(times), cpu: Object.fromEntries(cpu) };
}

/** Notes, every 20 ms, the largest size that both witnesses have cosigned. */
function watchWitnessed({ pool }) {
  const seen = [];
  let isOpen = true;
  const sql = 'select size from cosignature group by size having count(*) >= 2 order by size desc limit 1';
  const look = async () => {
    while (isOpen) {
      const { rows } = await pool.query(sql);
      const size = Number(rows[0]?.size ?? 0);
      if (size > (seen.at(-1)?.size ?? 0)) seen.push({ size, at: performance.now() });
      await sleep(20);
    }
  };
  const looking = look();
  return {
    until: async (size) => {
      for (let waited = 0; (seen.at(-1)?.size ?? 0) < size; waited += 20) {
        if (waited > 60_000) throw new Error('the witnesses did not sign for a minute');
        await sleep(20);
      }
      isOpen = false;
      await looking;
      return seen;
    },
  };
}
