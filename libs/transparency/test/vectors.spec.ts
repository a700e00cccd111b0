import { describe, expect, it } from '@jest/globals';
import {
  cosigner,
  EMPTY_ROOT,
  formatNote,
  formatTlogProof,
  formatVerifierKey,
  fromHex,
  KEY_TYPES,
  leafHash,
  MemoryTree,
  noteSigner,
  noteVerifier,
  openCheckpoint,
  openNote,
  parseNote,
  parseTlogProof,
  signCheckpoint,
  subtreeMessage,
  toBase64,
  toHex,
  verifyConsistency,
  verifyInclusion,
  verifyTlogProof,
} from '../src/index.js';
import { hashes, leaves, logKey, root, vectors, vectorTree, witnessKey } from './vectors.js';

const { origin, witness } = vectors;
const trust = {
  origin,
  log: [noteVerifier(vectors.logVkey)],
  cosigners: [noteVerifier(witness.vkey)],
};

describe('the vectors of c2sp-vectors.json', () => {
  it('gives the roots of sizes 0 to 8', () => {
    const tree = new MemoryTree();
    expect(toHex(EMPTY_ROOT)).toBe(vectors.roots[0]);
    expect(toHex(tree.root())).toBe(vectors.roots[0]);
    leaves.forEach((leaf, i) => {
      expect(tree.append(leaf)).toBe(i);
      expect(toHex(tree.root())).toBe(vectors.roots[i + 1]);
    });
    for (let size = 0; size <= 8; size++) expect(toHex(tree.root(size))).toBe(vectors.roots[size]);
  });

  it('gives and accepts the inclusion proof of entry 3 of 8', () => {
    expect(vectorTree().inclusionProof(3).map(toBase64)).toEqual(vectors.inclusion3in8);
    const proof = hashes(vectors.inclusion3in8);
    verifyInclusion({ index: 3, size: 8, leaf: leafHash(leaves[3]!), root: root(8), proof });
  });

  it.each(Object.keys(vectors.consistency))('gives and accepts the consistency proof %s', (name) => {
    const [from = 0, to = 0] = name.split('-').map(Number);
    const expected = vectors.consistency[name]!;
    expect(vectorTree().consistencyProof(from, to).map(toBase64)).toEqual(expected);
    verifyConsistency({
      from: { size: from, root: root(from) },
      to: { size: to, root: root(to) },
      proof: hashes(expected),
    });
  });

  it('derives both verifier keys from their seeds', async () => {
    expect(formatVerifierKey(noteSigner(origin, await logKey()).key)).toBe(vectors.logVkey);
    expect(formatVerifierKey(cosigner(witness.name, await witnessKey(), Date.now).key)).toBe(witness.vkey);
  });

  it('signs and cosigns the checkpoint, byte for byte', async () => {
    const own = cosigner(witness.name, await witnessKey(), () => witness.timestamp * 1000);
    const signed = await signCheckpoint({ origin, size: 8, root: root(8) }, noteSigner(origin, await logKey()));
    const { text, signatures } = parseNote(signed);
    const note = formatNote({ text, signatures: [...signatures, await own.sign(text)] });
    expect(note).toBe(vectors.checkpointEd25519);
  });

  it('opens the checkpoint and names log and witness', async () => {
    const { checkpoint, cosignatures } = await openCheckpoint(vectors.checkpointEd25519, trust);
    expect(checkpoint).toEqual({ origin, size: 8, root: root(8) });
    expect(cosignatures).toEqual([{ name: witness.name, keyId: 0x4e409f47, time: witness.timestamp }]);
  });

  it('writes, reads and accepts the proof file', async () => {
    const proof = { index: 3, hashes: hashes(vectors.inclusion3in8), checkpoint: vectors.checkpointEd25519 };
    expect(formatTlogProof(proof)).toBe(vectors.tlogProof);
    expect(parseTlogProof(vectors.tlogProof)).toEqual(proof);
    const opened = await verifyTlogProof(proof, leafHash(leaves[3]!), trust);
    expect(opened.cosignatures).toHaveLength(1);
  });

  it('forms the message that an ML-DSA-44 cosigner signs', () => {
    const { name, cosignedMessageHex, pubLen } = vectors.mldsa44;
    const range = { start: 0, end: 8, hash: root(8) };
    const message = subtreeMessage({ cosigner: name, time: witness.timestamp, origin, ...range });
    expect(toHex(message)).toBe(cosignedMessageHex);
    expect(KEY_TYPES.subtree.publicKeySize).toBe(pubLen);
  });

  it('opens the example note of the signed-note format', async () => {
    const vkey = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
    const signature = 'Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=';
    const text = 'This is an example message.\n';
    const opened = await openNote(`${text}\n— example.com/foo ${signature}\n`, [noteVerifier(vkey)]);
    expect(opened).toEqual({ text, verified: [{ name: 'example.com/foo', keyId: 0x530d903a }] });
  });

  it('hashes the classic first leaves of certificate transparency', () => {
    expect(toHex(leafHash(fromHex('')))).toBe(vectors.roots[1]);
  });
});
