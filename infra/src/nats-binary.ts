import { createHash, randomUUID } from 'node:crypto';
import { access, chmod, constants, copyFile, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { run } from './run.js';
import { isDiskFull, SetupError } from './setup-error.js';

/** A nats-server that runs on this machine: where it is, its version, and how it was found. */
export type NatsBinary = Readonly<{
  path: string;
  version: string;
  source: 'PATH' | 'cache' | 'Debian package' | 'release';
}>;

/** Where to look and where to keep. Everything but `cacheDir` has a working default. */
export type NatsBinarySearch = Readonly<{
  /** Our own folder, kept over restarts: `.bayway/cache/nats-server`. */
  cacheDir: string;
  /** Folders to look in, separated as in PATH; the environment's PATH plus the usual system folders unless told. */
  path?: string;
  /** Base address of the project's releases. */
  releaseUrl?: string;
  /** Whether Debian's package may be used. */
  debian?: boolean;
  onProgress?: (line: string) => void;
}>;

/** The release that is downloaded when nothing else works. 2.9 and later are accepted when found. */
export const NATS_RELEASE = 'v2.10.22';
const RELEASES = 'https://github.com/nats-io/nats-server/releases/download';
const SYSTEM_FOLDERS = ['/usr/local/sbin', '/usr/sbin', '/usr/local/bin', '/usr/bin', '/opt/homebrew/bin'];
const DOWNLOAD_TIMEOUT_MS = 120_000;

class NotHere extends Error {}

/**
 * Finds a nats-server: on PATH, in our cache, in Debian's package (unpacked without root), in the project's release
 * (checked against the SHA256SUMS file published beside it; that guards against a broken download, and trusts the
 * release page over HTTPS for the rest).
 * @throws SetupError `nats-server-missing` with everything that was tried and what to do; `disk-full`
 */
export async function findNatsServer(search: NatsBinarySearch): Promise<NatsBinary> {
  const tried: string[] = [];
  const ways: [NatsBinary['source'], () => Promise<string>][] = [
    ['PATH', () => onPath(search.path ?? [process.env.PATH ?? '', ...SYSTEM_FOLDERS].join(delimiter))],
    ['cache', () => inFolder(search.cacheDir)],
    ['Debian package', () => fromDebian(search)],
    ['release', () => fromRelease(search)],
  ];
  for (const [source, find] of ways) {
    try {
      const path = await find();
      return { path, version: await versionOf(path), source };
    } catch (error) {
      if (isDiskFull(error))
        throw new SetupError('disk-full', `the disk is full: nats-server does not fit into ${search.cacheDir}`);
      tried.push(`${source}: ${error instanceof NotHere ? error.message : String(error)}`);
    }
  }
  const advice = `install it ("apt-get install nats-server", "brew install nats-server") or put the binary into ${search.cacheDir}`;
  throw new SetupError('nats-server-missing', `no nats-server found; tried ${tried.join('; ')}. To go on, ${advice}`);
}

async function onPath(path: string): Promise<string> {
  for (const folder of new Set(path.split(delimiter).filter(Boolean))) {
    const found = await inFolder(folder).catch(() => undefined);
    if (found !== undefined) return found;
  }
  throw new NotHere('not on it');
}

async function inFolder(folder: string): Promise<string> {
  const path = join(folder, 'nats-server');
  await access(path, constants.X_OK).catch(() => {
    throw new NotHere('empty');
  });
  return path;
}

async function versionOf(path: string): Promise<string> {
  const { stdout, failure } = await run(path, ['--version'], { timeoutMs: 10_000 });
  const version = /v?(\d+)\.(\d+)\.\d+/.exec(stdout);
  if (!version) throw new NotHere(`${path} does not run here (${failure || 'no version'})`);
  const [text, major, minor] = version;
  if (Number(major) < 2 || (Number(major) === 2 && Number(minor) < 9))
    throw new NotHere(`${path} is ${text}; 2.9 or later is needed`);
  return text.replace(/^v/, '');
}

/** Debian and Ubuntu: the package is downloaded as a file and unpacked into a folder, so neither root nor an install is needed. */
async function fromDebian({ cacheDir, debian = true, onProgress }: NatsBinarySearch): Promise<string> {
  if (!debian) throw new NotHere('switched off');
  return inWorkFolder(async (folder) => {
    onProgress?.('getting nats-server from Debian');
    const download = () => run('apt-get', ['-q', ...lists, 'download', 'nats-server'], { cwd: folder });
    let lists: string[] = [];
    let result = await download();
    if (result.code !== 0 && result.code !== null) {
      lists = ['-o', `Dir::State=${folder}/state`, '-o', `Dir::Cache=${folder}/cache`];
      await mkdir(join(folder, 'state/lists/partial'), { recursive: true });
      await mkdir(join(folder, 'cache/archives/partial'), { recursive: true });
      await run('apt-get', ['-q', ...lists, 'update'], { cwd: folder, timeoutMs: DOWNLOAD_TIMEOUT_MS });
      result = await download();
    }
    if (result.code !== 0) throw new NotHere(`apt-get download: ${result.failure}`);
    const archive = (await readdir(folder)).find((name) => name.endsWith('.deb'));
    if (archive === undefined) throw new NotHere('apt-get download left no file');
    const unpacked = await run('dpkg-deb', ['-x', join(folder, archive), join(folder, 'unpacked')]);
    if (unpacked.code !== 0) throw new NotHere(`dpkg-deb: ${unpacked.failure}`);
    const built = await onPath(['usr/sbin', 'usr/bin'].map((name) => join(folder, 'unpacked', name)).join(delimiter));
    return keep(built, cacheDir);
  });
}

async function fromRelease({ cacheDir, releaseUrl = RELEASES, onProgress }: NatsBinarySearch): Promise<string> {
  const arch = { x64: 'amd64', arm64: 'arm64' }[process.arch as string];
  if (arch === undefined || !['linux', 'darwin'].includes(process.platform)) {
    throw new NotHere(`no release for ${process.platform} on ${process.arch}`);
  }
  const name = `nats-server-${NATS_RELEASE}-${process.platform}-${arch}`;
  onProgress?.(`getting nats-server ${NATS_RELEASE} from its release page`);
  const sums = (await fetchBytes(`${releaseUrl}/${NATS_RELEASE}/SHA256SUMS`)).toString('utf8');
  const archive = await fetchBytes(`${releaseUrl}/${NATS_RELEASE}/${name}.tar.gz`);
  const sum = createHash('sha256').update(archive).digest('hex');
  const listed = sums.split('\n').some((line) => line.trim() === `${sum}  ${name}.tar.gz`);
  if (!listed) throw new NotHere(`${name}.tar.gz has SHA-256 ${sum}, which its SHA256SUMS does not list`);
  return inWorkFolder(async (folder) => {
    await writeFile(join(folder, 'release.tar.gz'), archive);
    const unpacked = await run('tar', ['-xzf', 'release.tar.gz'], { cwd: folder });
    if (unpacked.code !== 0) throw new NotHere(`tar: ${unpacked.failure}`);
    return keep(await inFolder(join(folder, name)), cacheDir);
  });
}

async function fetchBytes(url: string): Promise<Buffer> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS) });
    if (!response.ok) throw new NotHere(`${url} answered ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  } catch (error) {
    if (error instanceof NotHere) throw error;
    throw new NotHere(`${url} cannot be reached`, { cause: error });
  }
}

/** Puts the binary into the cache in one step, so that another process never sees half of it. */
async function keep(path: string, cacheDir: string): Promise<string> {
  await mkdir(cacheDir, { recursive: true });
  const partial = join(cacheDir, `.${randomUUID()}`);
  try {
    await copyFile(path, partial);
    await chmod(partial, 0o755);
    await rename(partial, join(cacheDir, 'nats-server'));
  } finally {
    await rm(partial, { force: true });
  }
  return join(cacheDir, 'nats-server');
}

async function inWorkFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'bayway-nats-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
