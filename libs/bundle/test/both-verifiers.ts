import { spawn } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findPython } from '@bayway/testing';
import { type Pins, type Signatures, verifyBundle, webSignatures } from '../src/index.js';

const SCRIPT = fileURLToPath(new URL('../../../tools/verify.py', import.meta.url));

/** The verdict as both verifiers word it: `valid`, or the check's number and the place. */
export const wordOf = (verdict: Awaited<ReturnType<typeof verifyBundle>>): string =>
  verdict.ok ? 'valid' : `${verdict.fault.check} ${verdict.fault.at}`;

/** Remembers the answer for exactly the same key, message and signature: mutants differ in few signatures. */
export function remembering(real: Signatures = webSignatures()): Signatures {
  const known = new Map<string, Promise<boolean>>();
  const once = (id: string, ask: () => Promise<boolean>): Promise<boolean> => {
    if (known.size > 5_000) known.clear();
    const answer = known.get(id) ?? ask();
    known.set(id, answer);
    return answer;
  };
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
  return {
    es256: (key, message, signature) =>
      once(`${key.x}${key.y}${hex(message)}|${hex(signature)}`, () => real.es256(key, message, signature)),
    ed25519: (x, message, signature) =>
      once(`${x}${hex(message)}|${hex(signature)}`, () => real.ed25519(x, message, signature)),
  };
}

/** Runs a program to its end; answers its output. */
export async function run(
  args: readonly string[],
  input: Iterable<string> = [],
): Promise<{ code: number; out: string }> {
  const child = spawn(await findPython(), [SCRIPT, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stdin.on('error', () => undefined);
  const feed = async () => {
    for (const line of input)
      if (!child.stdin.write(`${line}\n`)) await new Promise((next) => child.stdin.once('drain', next));
    child.stdin.end();
  };
  void feed();
  return new Promise((resolve, reject) =>
    child.once('error', reject).once('close', (code) => resolve({ code: code ?? 1, out })),
  );
}

export async function rootsFile(pins: Pins): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'bundle-')), 'roots.json');
  await writeFile(file, JSON.stringify(pins));
  return file;
}

/** Verdicts of both verifiers on the same bytes; python3 runs once for all. */
export async function verdictsOf(mutants: Iterable<Uint8Array>, pins: Pins): Promise<[ours: string, theirs: string][]> {
  const all = [...mutants];
  const lines = (function* () {
    for (const bytes of all) yield Buffer.from(bytes).toString('base64');
  })();
  const python = run(['--roots', await rootsFile(pins), '--batch'], lines);
  const signatures = remembering();
  const ours: string[] = [];
  for (const bytes of all) ours.push(wordOf(await verifyBundle(bytes, pins, signatures)));
  const { code, out } = await python;
  const theirs = out.replace(/\n$/, '').split('\n');
  if (code !== 0 || theirs.length !== all.length) throw new Error(`tools/verify.py: ${out.slice(-500)}`);
  return ours.map((word, i) => [word, theirs[i] ?? '']);
}
