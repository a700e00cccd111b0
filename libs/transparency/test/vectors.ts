import { readFileSync } from 'node:fs';
import { ed25519FromSeed, fromBase64, fromHex, MemoryTree } from '../src/index.js';

type Vectors = {
  origin: string;
  logSeedHex: string;
  logVkey: string;
  witness: { name: string; seedHex: string; vkey: string; timestamp: number };
  mldsa44: { name: string; cosignedMessageHex: string; sigLen: number; pubLen: number };
  leavesHex: string[];
  roots: Record<string, string>;
  inclusion3in8: string[];
  consistency: Record<string, string[]>;
  checkpointEd25519: string;
  tlogProof: string;
};

export const vectors = JSON.parse(
  readFileSync(new URL('./c2sp-vectors.json', import.meta.url), 'utf8'),
) as unknown as Vectors;

export const root = (size: number) => fromHex(vectors.roots[size]!);
export const hashes = (proof: readonly string[]) => proof.map(fromBase64);
export const leaves = vectors.leavesHex.map(fromHex);
export const logKey = () => ed25519FromSeed(fromHex(vectors.logSeedHex));
export const witnessKey = () => ed25519FromSeed(fromHex(vectors.witness.seedHex));

export function vectorTree(): MemoryTree {
  const tree = new MemoryTree();
  for (const leaf of leaves) tree.append(leaf);
  return tree;
}
