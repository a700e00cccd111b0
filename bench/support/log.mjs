/** The log of one jurisdiction under load, and PostgreSQL's own batched inserts beside it in the same cluster. */
import { randomBytes, randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { at, busPassword, localSecrets } from '@bayway/infra';
import { connect } from '@nats-io/transport-node';
import pg from 'pg';

/** Entries in line at once where the sequencer is measured alone, and rows per statement of the floor. */
const BACKLOG = 50_000;
const ROWS = 5_000;
/** The smaller size of the log at which placing entries and proving one is measured; the larger one is asked for. */
const SMALL = 10_000;
/** Entries a second while the way to a witnessed checkpoint is measured, in deliveries as a relay makes them. */
const RATE = 1_000;
const DELIVERY = 50;
const RATE_SECONDS = 10;
const SUBJECT = 'evidence.recorded.v1.to.evidence';

const commitments = (count) => Array.from({ length: count }, () => randomBytes(32));

const percentile = (times, share) => {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
};

/** The bus user of Hong Kong's broker, who may deliver evidence; and the superuser, for whom the queue is a table. */
export async function observeLog({ topology, home, postgres }, { entries, say }) {
  const derive = await localSecrets(home);
  const broker = topology.instances.find((one) => one.jurisdiction === 'hk' && one.service === 'broker');
  const bus = {
    servers: `127.0.0.1:${topology.nats.hk.port}`,
    user: 'broker',
    pass: busPassword(derive, broker),
    inboxPrefix: '_INBOX.broker',
  };
  const url = topology.urlOf({ jurisdiction: 'hk', service: 'evidence' });
  return measureLog({ bus, url, database: at(postgres.main.adminUrl, 'hk_evidence') }, { entries, say });
}

/** @returns rates of placing entries by size of the log, that of the floor, latencies and milliseconds of a proof */
export async function measureLog({ bus, url, database }, { entries, say }) {
  const pool = new pg.Pool({ connectionString: database, max: 3 });
  const connection = await connect({ ...bus, noAsyncTraces: true });
  try {
    const log = { pool, connection, url };
    const sizes = [];
    for (const size of [SMALL, entries]) {
      say(`log of ${size} entries …`);
      await grow(log, size);
      sizes.push({ size, rate: await placed(log, BACKLOG), floor: await floor(pool), proof: await proofs(log) });
    }
    say('entries to witnessed checkpoints …');
    const delivered = await deliveredRate(log);
    return { sizes, delivered, witnessed: await witnessed(log) };
  } finally {
    await connection.close();
    await pool.end();
  }
}

const sizeOf = async ({ pool }) =>
  Number((await pool.query('select coalesce(max(size), 0) as size from checkpoint')).rows[0].size);

async function queue({ pool }, count) {
  for (let left = count; left > 0; left -= ROWS)
    await pool.query('insert into pending_entry (commitment) select unnest($1::bytea[])', [
      commitments(Math.min(ROWS, left)),
    ]);
}

async function untilSize(log, size) {
  while ((await sizeOf(log)) < size) await sleep(10);
}

async function grow(log, size) {
  const missing = size - (await sizeOf(log));
  if (missing <= 0) return;
  await queue(log, missing);
  await untilSize(log, size);
  await log.pool.query('vacuum analyze pending_entry, log_entry');
}

/** Entries a second from a full queue into signed checkpoints; the sequencer is held back while the queue is filled. */
async function placed(log, count) {
  const from = await sizeOf(log);
  const holder = await log.pool.connect();
  await holder.query('begin');
  await holder.query('select pg_advisory_xact_lock(4110)');
  await queue(log, count);
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

/** Median milliseconds of a proof, over HTTP. */
async function proofs({ pool, url }) {
  const { rows } = await pool.query('select commitment from log_entry order by random() limit 200');
  const times = [];
  for (const { commitment } of rows) {
    const begun = performance.now();
    const answer = await fetch(`${url}/proofs/${commitment.toString('base64url')}`);
    await answer.text();
    if (answer.ok) times.push(performance.now() - begun);
  }
  return percentile(times, 0.5);
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

/** Milliseconds from sending an entry to a checkpoint over it that both others have cosigned, at a steady rate. */
async function witnessed(log) {
  const sent = [];
  const watch = watchWitnessed(log);
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
  const indices = new Map(rows.map(({ commitment, index }) => [commitment.toString('hex'), Number(index)]));
  const times = sent.map(({ entry, at }) => {
    const index = indices.get(entry.toString('hex'));
    return seen.find(({ size }) => size > index).at - at;
  });
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99), count: times.length };
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
