/**
 * What every command of the project starts with: the right Node, installed packages, built projects.
 * Plain JavaScript without dependencies, because nothing may be installed yet.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
const LOCK = join(ROOT, 'package-lock.json');
const STAMP = join(ROOT, 'node_modules', '.bayway-lock');
const LEAST_NODE = [20, 19];

/** Ends the process with one clear line. */
export function give(up) {
  process.stderr.write(`${up}\n`);
  process.exit(1);
}

/**
 * Runs a command in the project's root; answers its exit code. `quiet` keeps its output unless it fails.
 * `limitMinutes`: it and all it started are stopped when it still runs by then, and that counts as a failure.
 */
export function run(command, args, { quiet = false, env = {}, limitMinutes } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      detached: limitMinutes !== undefined,
      env: { ...process.env, ...env },
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    });
    let output = '';
    child.stdout?.on('data', (data) => (output += data));
    child.stderr?.on('data', (data) => (output += data));
    const release = limitMinutes === undefined ? () => undefined : limit(child, limitMinutes);
    child.on('error', (error) => resolve({ code: 127, output: String(error.message) }));
    child.on('exit', release);
    child.on('close', (code) => {
      if (quiet && code !== 0) process.stderr.write(output);
      resolve({ code: code ?? 1, output });
    });
  });
}

/** Stops a child and all it started after so many minutes, and when we are stopped ourselves; answers what calls that off. */
function limit(child, minutes) {
  const stopAll = (signal) => {
    try {
      process.kill(-child.pid, signal);
    } catch {
      // It is gone.
    }
  };
  const timer = setTimeout(() => {
    process.stderr.write(`Stopped: it still ran after ${minutes} minutes.\n`);
    stopAll('SIGTERM');
    setTimeout(() => stopAll('SIGKILL'), 10_000).unref();
  }, minutes * 60_000);
  const signals = ['SIGINT', 'SIGTERM'].map((signal) => [signal, () => (stopAll(signal), process.exit(1))]);
  for (const [signal, stop] of signals) process.on(signal, stop);
  return () => {
    clearTimeout(timer);
    for (const [signal, stop] of signals) process.off(signal, stop);
  };
}

/** Refuses a Node that is too old, naming both versions. */
export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < LEAST_NODE[0] || (major === LEAST_NODE[0] && minor < LEAST_NODE[1]))
    give(`Bayway needs Node ${LEAST_NODE.join('.')} or newer; this is ${process.versions.node}.`);
}

/** True when npm itself finished an installation after the lock file was last written. */
function isInstalled() {
  const npms = join(ROOT, 'node_modules', '.package-lock.json');
  return existsSync(npms) && statSync(npms).mtimeMs >= statSync(LOCK).mtimeMs;
}

/** Installs packages when they are missing or older than the lock file. */
export async function install() {
  const lock = createHash('sha256').update(readFileSync(LOCK)).digest('hex');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === lock) return;
  if (!isInstalled()) {
    process.stdout.write('Installing packages (about a minute the first time) …\n');
    const options = ['--no-audit', '--no-fund', '--prefer-offline'];
    let result = await run('npm', ['ci', ...options], { quiet: true });
    if (result.code !== 0) result = await run('npm', ['install', ...options], { quiet: true });
    if (result.code !== 0) give(whyNot(result.output));
  }
  writeFileSync(STAMP, lock);
}

function whyNot(output) {
  if (/ENOSPC|no space left/i.test(output))
    return 'The disk is full: packages could not be installed. Free some space and start again.';
  if (/ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN/.test(output))
    return 'Packages could not be installed: the package registry cannot be reached.';
  return 'Packages could not be installed: `npm ci` and `npm install` failed; their output is above.';
}

/** Nx, called directly: its launcher costs a second. */
export const nx = (args, options = {}) =>
  run(process.execPath, [join(ROOT, 'node_modules', 'nx', 'dist', 'bin', 'nx.js'), ...args], {
    ...options,
    env: { NX_ISOLATE_PLUGINS: 'false', NX_DAEMON: 'false', NX_TUI: 'false', ...options.env },
  });

/** Compiles what has changed, and bundles the administrators' console when that has. */
export async function build() {
  const { code } = await run(
    process.execPath,
    [join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'), '-b', 'tsconfig.build.json'],
    { quiet: true },
  );
  if (code !== 0) give('The build failed; its output is above.');
  const web = await nx(['run', 'console:build-web'], { quiet: true });
  if (web.code !== 0) give('The console could not be bundled; the output is above.');
}
