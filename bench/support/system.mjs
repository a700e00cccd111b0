/** The whole system as `npm start` starts it, watched: starts, memory, load, processor time. */
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { startBay, WORKSPACE } from '@bayway/infra';
import pg from 'pg';
import { underLoad } from './load.mjs';
import { partnerOf } from './partner.mjs';
import { cpuSecondsOf, familyResidentOf, residentOf } from './processes.mjs';

const USES = 1_000;
const WARM_UP = { concurrency: 4, seconds: 4, most: 80 };
const MOST = 450;
const CONCURRENCIES = [1, 8];
/** Seconds after which a started system counts as idle, and for which its idle work is counted. */
const SETTLING = 8;
/** Figures of PostgreSQL's statistics arrive within this time. */
const STATISTICS_MS = 1_500;

/** Every process of a running system by name; `isFamily` where children belong to it. */
function processesOf({ programs, postgres, buses }) {
  const services = [...programs.pids()].map(([name, pid]) => ({ name, pid }));
  const clusters = Object.entries(postgres).map(([name, { pid }]) => ({
    name: `postgres (${name})`,
    pid,
    isFamily: true,
  }));
  const servers = [...buses.servers].map(([name, { pid }]) => ({ name: `nats-server (${name})`, pid }));
  return [...services, ...clusters, ...servers];
}

/** What has been used up so far: processor seconds by process, transactions and rows of the services' cluster. */
async function meter(bay, db) {
  const cpu = new Map(processesOf(bay).map(({ name, pid }) => [name, cpuSecondsOf(pid)]));
  const { rows } = await db.query(`select pg_snapshot_xmax(pg_current_snapshot())::text::bigint as writes,
    sum(xact_commit) as transactions, sum(tup_inserted + tup_updated) as rows from pg_stat_database`);
  const counters = Object.entries(rows[0]).map(([name, value]) => [name, Number(value)]);
  const own = process.cpuUsage();
  cpu.set('partner (this script)', (own.user + own.system) / 1e6);
  return { at: performance.now(), cpu, counters: new Map(counters) };
}

/** What was used up between two readings, a second of it. */
function rates(before, after) {
  const seconds = (after.at - before.at) / 1_000;
  const per = (a, b) => new Map([...b].map(([name, value]) => [name, (value - (a.get(name) ?? 0)) / seconds]));
  return { seconds, cpu: per(before.cpu, after.cpu), counters: per(before.counters, after.counters) };
}

/** Starts the system and answers it with the seconds until everything was ready. */
export async function start({ home, base, onEnd }) {
  const from = performance.now();
  const bay = await startBay({ home, workspace: WORKSPACE, base, onUnexpectedEnd: onEnd });
  return { bay, seconds: (performance.now() - from) / 1_000 };
}

/** Resident megabytes by process of an idle system. */
export async function idleMemory(bay) {
  await sleep(SETTLING * 1_000);
  return processesOf(bay).map(({ name, pid, isFamily }) => ({
    name,
    megabytes: isFamily ? familyResidentOf(pid) : residentOf(pid),
  }));
}

/**
 * One consent, then complete exchanges alone and side by side.
 * @returns `loads`; and per exchange over all of them, what the idle system does anyway taken off: `cpu` milliseconds by
 * process, `writes` and `transactions` (commits), `rows` written
 */
export async function exchanges(bay, { seconds, say }) {
  const db = new pg.Client({ connectionString: bay.postgres.main.adminUrl });
  await db.connect();
  try {
    say('walking the sign-in …');
    const { exchange } = await partnerOf(bay, USES);
    await underLoad(exchange, WARM_UP);
    await sleep(STATISTICS_MS);
    const quiet = await meter(bay, db);
    await sleep(SETTLING * 1_000);
    const before = await meter(bay, db);
    const loads = [];
    for (const concurrency of CONCURRENCIES) {
      say(`complete exchanges, ${concurrency} at once …`);
      loads.push(await underLoad(exchange, { concurrency, seconds, most: MOST }));
    }
    await sleep(STATISTICS_MS);
    const after = await meter(bay, db);
    return { loads, ...perExchange(rates(quiet, before), rates(before, after), loads) };
  } finally {
    await db.end();
  }
}

function perExchange(idle, busy, loads) {
  const count = loads.reduce((sum, load) => sum + load.count, 0);
  const share = (kind, name) => {
    const rate = busy[kind].get(name) - (idle[kind].get(name) ?? 0);
    return Math.max(0, (rate * busy.seconds) / count);
  };
  const cpu = [...busy.cpu.keys()].map((name) => ({ name, ms: share('cpu', name) * 1_000 }));
  const idleCpu = [...idle.cpu.values()].reduce((sum, rate) => sum + rate, 0);
  const [writes, transactions, rows] = ['writes', 'transactions', 'rows'].map((name) => share('counters', name));
  return { cpu, idleCpu, writes, transactions, rows };
}
