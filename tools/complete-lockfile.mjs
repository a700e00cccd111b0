/**
 * Adds lock-file entries for optional platform packages that a package source did not serve.
 * Without them `npm ci` refuses the lock file ("Missing: … from lock file").
 * Usage: node tools/complete-lockfile.mjs
 */
import { readFileSync, writeFileSync } from 'node:fs';

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
const systems = ['darwin', 'freebsd', 'android', 'openharmony', 'sunos', 'openbsd', 'netbsd', 'aix', 'win32', 'linux'];
const machines = ['arm64', 'x64', 'ia32', 'ppc64', 's390x', 'riscv64', 'loong64', 'arm'];

/** Where npm would find `name` when asked from the package at `from`, or null. */
function installedAt(from, name) {
  for (let at = from; ;) {
    const candidate = `${at ? `${at}/` : ''}node_modules/${name}`;
    if (lock.packages[candidate]) return candidate;
    if (!at) return null;
    const cut = at.lastIndexOf('node_modules/');
    at = cut <= 0 ? '' : at.slice(0, cut - 1);
  }
}

let added = 0;
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    if (installedAt(path, name)) continue;
    const os =
      systems.find((s) => name.includes(s)) ??
      (name.includes('windows') ? 'win32' : name.includes('wasm') ? 'wasm' : 'linux');
    const cpu = machines.find((m) => name.includes(m));
    lock.packages[`node_modules/${name}`] = {
      version: String(range).replace(/^[\^~]/, ''),
      optional: true,
      os: [os],
      ...(cpu ? { cpu: [cpu] } : {}),
    };
    added += 1;
  }
}
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(`package-lock.json: ${added} optional platform packages added\n`);
