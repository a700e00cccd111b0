import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { JURISDICTIONS, type Jurisdiction } from '@bayway/domain';
import { KeyDirectory, PublicKey, readDirectory } from '@bayway/envelope';
import {
  leafHash,
  noteVerifier,
  parseTlogProof,
  verifierKey,
  verifyTlogProof,
  type CheckpointTrust,
  type KeyType,
  type NoteVerifier,
  type TlogProof,
} from '@bayway/transparency';
import type { System } from './system.js';

const urlOf = (jurisdiction: Jurisdiction, { bay }: System): string =>
  bay.topology.urlOf({ jurisdiction, service: 'evidence' });

/** The key directories as published over HTTP, each verified against the root that an outsider has pinned. */
async function directories(system: System): Promise<KeyDirectory> {
  const entries = await Promise.all(
    JURISDICTIONS.map(async (jurisdiction) => {
      const pinned = await readFile(join(system.home, 'keys', jurisdiction, 'root.pub.json'), 'utf8');
      const response = await fetch(`${urlOf(jurisdiction, system)}/key-directory`);
      const { entries: lines } = (await response.json()) as { entries: string[] };
      return readDirectory(jurisdiction, PublicKey.parse(JSON.parse(pinned)), lines);
    }),
  );
  return new KeyDirectory(entries.flat());
}

/** What an outsider trusts of a log: its own key, and the witnesses of the other two. */
export async function trustIn(jurisdiction: Jurisdiction, system: System): Promise<CheckpointTrust> {
  const keys = await directories(system);
  const verifiers = (
    owner: Jurisdiction,
    use: 'log' | 'witness',
    as: { name: string; type: KeyType },
  ): NoteVerifier[] =>
    keys
      .keysOf(`${owner}/evidence`, use, new Date())
      .map(({ key }) => noteVerifier(verifierKey(as.name, as.type, Buffer.from(key.x, 'base64url'))));
  const origin = `bayway.example/evidence/${jurisdiction}`;
  return {
    origin,
    log: verifiers(jurisdiction, 'log', { name: origin, type: 'note' }),
    cosigners: JURISDICTIONS.filter((other) => other !== jurisdiction).flatMap((other) =>
      verifiers(other, 'witness', { name: `bayway.example/witness/${other}`, type: 'cosignature' }),
    ),
  };
}

/** Who cosigned the checkpoint under which the proof holds for this commitment; throws when it does not hold. */
export async function witnessesOf(proof: TlogProof, commitment: string, trust: CheckpointTrust): Promise<string[]> {
  const leaf = leafHash(Buffer.from(commitment, 'base64url'));
  const { cosignatures } = await verifyTlogProof(proof, leaf, trust);
  return cosignatures.map(({ name }) => name).sort();
}

/** The proof of a commitment in a log, once both witnesses have cosigned a checkpoint that covers it. */
export async function proofIn(jurisdiction: Jurisdiction, commitment: string, system: System): Promise<TlogProof> {
  for (let waited = 0; waited < WITNESSED_MS; waited += 250) {
    const response = await fetch(`${urlOf(jurisdiction, system)}/proofs/${commitment}`);
    const text = await response.text();
    const signatures = text.split('\n').filter((line) => line.startsWith('— ')).length;
    if (response.ok && signatures === JURISDICTIONS.length) return parseTlogProof(text);
    await sleep(250);
  }
  throw new Error(`the log of ${jurisdiction} has no cosigned proof of ${commitment}`);
}

const WITNESSED_MS = 30_000;
