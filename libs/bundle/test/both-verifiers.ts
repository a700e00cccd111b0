import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { SecondVerifier } from '@bayway/testing';
import { type Pins, type Signatures, verifyBundle, webSignatures } from '../src/index.js';

export { runVerifyPy as run } from '@bayway/testing';

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

export async function rootsFile(pins: Pins): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'bundle-')), 'roots.json');
  await writeFile(file, JSON.stringify(pins));
  return file;
}

let started: Promise<SecondVerifier> | undefined;
afterAll(async () => (await started)?.end());

/** Verdicts of both verifiers on the same bytes. */
export async function verdictsOf(mutants: Iterable<Uint8Array>, pins: Pins): Promise<[ours: string, theirs: string][]> {
  const all = [...mutants];
  started ??= SecondVerifier.start();
  const second = (await started).verdicts(all, pins);
  const signatures = remembering();
  const ours: string[] = [];
  for (const bytes of all) ours.push(wordOf(await verifyBundle(bytes, pins, signatures)));
  const theirs = await second;
  return ours.map((word, i) => [word, theirs[i] ?? '']);
}
