/**
 * Owns the cluster that test processes share: removes the databases of those that died, and the cluster with the last
 * of them. Plain JavaScript, since it must run beside tests that run from source.
 *
 * usage: node postgres-owner.mjs HOME FOLDER TICK_MS
 *   HOME    holds leases/<pid of a test process>, cluster.json and the lock
 *   FOLDER  this cluster's own folder in it
 *   TICK_MS how often to look; after six looks that find nobody the cluster goes
 */
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

const [home, folder, tickMs] = process.argv.slice(2);
const IDLE_TICKS = 6;
const LOCK_STALE_MS = 90_000;
const { adminUrl, pid } = JSON.parse(await readFile(join(home, 'cluster.json'), 'utf8'));

let idle = 0;
while (idle < IDLE_TICKS || !(await end())) {
  await sleep(Number(tickMs));
  if (!isAlive(pid)) idle = IDLE_TICKS;
  else if (await anyLease()) idle = 0;
  else idle += 1;
  await dropLeftDatabases().catch(() => undefined);
}

function isAlive(process_) {
  try {
    process.kill(process_, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

async function anyLease() {
  let any = false;
  for (const name of await readdir(join(home, 'leases'))) {
    if (isAlive(Number(name))) any = true;
    else await rm(join(home, 'leases', name), { force: true });
  }
  return any;
}

/** Database names carry the process that made them: `test_<pid>_<random>`. */
async function dropLeftDatabases() {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query(`select datname from pg_database where datname ~ '^test_[0-9]+_[0-9a-f]+$'`);
    for (const { datname } of rows.filter((row) => !isAlive(Number(row.datname.split('_')[1])))) {
      await client.query(`drop database if exists ${datname} with (force)`);
      await client.query(`drop role if exists ${datname}, ${datname}_owner`);
    }
  } finally {
    await client.end();
  }
}

/** Stops and removes the cluster, unless a test process came in the meantime. Under the lock that starting takes. */
async function end() {
  const lock = join(home, 'lock');
  if (
    !(await mkdir(lock).then(
      () => true,
      () => false,
    ))
  ) {
    const since = await stat(lock).then(
      ({ mtimeMs }) => mtimeMs,
      () => Date.now(),
    );
    if (Date.now() - since > LOCK_STALE_MS) await rename(lock, `${lock}-${process.pid}`).catch(() => undefined);
    return false;
  }
  try {
    const alive = isAlive(pid);
    if (alive && (await anyLease())) {
      idle = 0;
      return false;
    }
    const current = await readFile(join(home, 'cluster.json'), 'utf8').catch(() => '{}');
    if (JSON.parse(current).pid === pid) await rm(join(home, 'cluster.json'), { force: true });
    if (alive) process.kill(pid, 'SIGINT');
    for (let waited = 0; isAlive(pid) && waited < 30_000; waited += 50) await sleep(50);
    await rm(folder, { recursive: true, force: true });
    return true;
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
}
