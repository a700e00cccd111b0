import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  formatAddCheckpoint,
  formatCosignatures,
  formatTreeSize,
  parseAddCheckpoint,
  parseCosignatures,
  parseTreeSize,
} from './add-checkpoint.js';
import { signCheckpoint } from './checkpoint.js';
import type { TreeHead } from './consistency.js';
import { ed25519FromSeed } from './ed25519.js';
import { EMPTY_ROOT, leafHash } from './merkle-hash.js';
import { MemoryTree } from './memory-tree.js';
import { cosigner, noteSigner } from './note-signer.js';
import { noteVerifier, verifySignatures } from './note-verifier.js';
import { formatNote, parseNote } from './signed-note.js';
import { TransparencyError } from './transparency-error.js';
import { isRefusal, judgeCheckpoint, receiveCheckpoint } from './witness.js';

const origin = 'gba.example/evidence/hk';
const log = noteSigner(origin, await ed25519FromSeed(new Uint8Array(32).fill(1)));
const impostor = noteSigner(origin, await ed25519FromSeed(new Uint8Array(32).fill(2)));
const logKeys = (name: string) => (name === origin ? [noteVerifier(log.key)] : undefined);

const tree = new MemoryTree();
const fork = new MemoryTree();
for (let i = 0; i < 20; i++) {
  tree.append(Uint8Array.of(i));
  fork.append(Uint8Array.of(i < 10 ? i : i + 100));
}
const head = (size: number, from = tree): TreeHead => ({ size, root: from.root(size) });
const sign = ({ size, root }: TreeHead, signer = log) => signCheckpoint({ origin, size, root }, signer);

type Case = { oldSize: number; to: TreeHead; proof?: Uint8Array[]; signer?: typeof log; last?: TreeHead };
async function submit({ oldSize, to, proof, signer, last }: Case) {
  const hashes = proof ?? tree.consistencyProof(Math.min(oldSize, to.size), to.size);
  const body = formatAddCheckpoint({ oldSize, proof: hashes, checkpoint: await sign(to, signer) });
  const received = await receiveCheckpoint(body, logKeys);
  return isRefusal(received) ? received : (judgeCheckpoint(received, last) ?? received.checkpoint);
}

describe('add-checkpoint bodies', () => {
  it('come back as they were', async () => {
    const request = { oldSize: 7, proof: tree.consistencyProof(7, 20), checkpoint: await sign(head(20)) };
    expect(parseAddCheckpoint(formatAddCheckpoint(request))).toEqual(request);
    expect(parseAddCheckpoint(Buffer.from(formatAddCheckpoint({ ...request, proof: [] })))).toEqual({
      ...request,
      proof: [],
    });
  });

  it('are refused when malformed', async () => {
    const body = formatAddCheckpoint({ oldSize: 7, proof: [EMPTY_ROOT], checkpoint: await sign(head(20)) });
    const hash = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n';
    const broken = [
      '',
      body.slice(1),
      body.replace('old 7', 'old 07'),
      body.replace('old 7', 'old  7'),
      body.replace('old 7', 'new 7'),
      body.replace('\n\n', '\n'),
      body.replace(hash, hash.repeat(64)),
      body.replace(hash, 'AAAA\n'),
      body.slice(0, -1),
      body.slice(0, body.indexOf('\n\n') + 2),
    ];
    for (const text of broken) expect(() => parseAddCheckpoint(text)).toThrow(TransparencyError);
    expect(() => parseAddCheckpoint(Uint8Array.of(0xff))).toThrow(TransparencyError);
    const tooMany = {
      oldSize: 1,
      proof: Array.from({ length: 64 }, () => EMPTY_ROOT),
      checkpoint: await sign(head(2)),
    };
    expect(() => formatAddCheckpoint(tooMany)).toThrow('at most 63 hashes');
  });

  it('answer with cosignature lines that verify over the checkpoint', async () => {
    const witness = cosigner('witness.example', await ed25519FromSeed(new Uint8Array(32).fill(3)), Date.now);
    const { text } = parseNote(await sign(head(20)));
    const lines = formatCosignatures([await witness.sign(text)]);
    const verified = await verifySignatures(text, parseCosignatures(lines), [noteVerifier(witness.key)]);
    expect(verified).toEqual([{ name: 'witness.example', keyId: witness.key.id, time: expect.any(Number) }]);
    expect(() => formatCosignatures([])).toThrow('no cosignature');
    for (const broken of ['', '\n', lines.slice(0, -1), `${lines}\n`, `\n${lines}`])
      expect(() => parseCosignatures(broken)).toThrow(TransparencyError);
  });

  it('answer with the size that was cosigned last', () => {
    expect(formatTreeSize(42)).toBe('42\n');
    expect(parseTreeSize('42\n')).toBe(42);
    for (const broken of ['', '42', '042\n', '42\n\n', ' 42\n', '4.2\n'])
      expect(() => parseTreeSize(broken)).toThrow(TransparencyError);
  });
});

describe('the decision of a witness', () => {
  it('takes a first checkpoint, a larger one, the same one again, and the empty one', async () => {
    await expect(submit({ oldSize: 0, to: head(9) })).resolves.toMatchObject(head(9));
    await expect(submit({ oldSize: 9, to: head(20), last: head(9) })).resolves.toMatchObject(head(20));
    await expect(submit({ oldSize: 9, to: head(9), last: head(9) })).resolves.toMatchObject(head(9));
    await expect(submit({ oldSize: 0, to: head(0) })).resolves.toMatchObject(head(0));
  });

  it('answers 404 for a log it does not know', async () => {
    const foreign = await signCheckpoint({ origin: 'other.example', ...head(9) }, log);
    const body = formatAddCheckpoint({ oldSize: 0, proof: [], checkpoint: foreign });
    await expect(receiveCheckpoint(body, logKeys)).resolves.toMatchObject({ status: 404 });
  });

  it.each<[string, number, Case]>([
    ['a key it does not trust', 403, { oldSize: 0, to: head(9), signer: impostor }],
    ['an old size above the new one', 400, { oldSize: 10, to: head(9) }],
    ['an old size below its own', 409, { oldSize: 5, to: head(20), last: head(9) }],
    ['an old size above its own', 409, { oldSize: 12, to: head(20), last: head(9) }],
    ['an old size where it holds nothing', 409, { oldSize: 5, to: head(20) }],
    ['a rollback', 409, { oldSize: 5, to: head(8), last: head(9) }],
    ['a root of the empty tree that is none', 422, { oldSize: 0, to: { size: 0, root: leafHash(Uint8Array.of(1)) } }],
    ['a proof from the empty tree', 422, { oldSize: 0, to: head(9), proof: [EMPTY_ROOT] }],
    ['no proof', 422, { oldSize: 9, to: head(20), proof: [], last: head(9) }],
    ['the proof for another size', 422, { oldSize: 9, to: head(20), proof: tree.consistencyProof(8), last: head(9) }],
    ['the same size with another root', 422, { oldSize: 15, to: head(15, fork), last: head(15) }],
    ['a fork', 422, { oldSize: 12, to: head(20, fork), proof: fork.consistencyProof(12), last: head(12) }],
  ])('refuses %s with %i', async (_, status, refused) => {
    const answer = await submit(refused);
    expect(answer).toMatchObject({ status });
    if (status === 409) expect(answer).toMatchObject({ size: refused.last?.size ?? 0 });
  });

  it('answers 403 when the signature of the log fails, and 400 to what it cannot read', async () => {
    const signed = await sign(head(9));
    const forged = signed.replace(`\n9\n`, `\n8\n`);
    const body = formatAddCheckpoint({ oldSize: 0, proof: [], checkpoint: forged });
    await expect(receiveCheckpoint(body, logKeys)).resolves.toMatchObject({ status: 403 });
    await expect(receiveCheckpoint('old', logKeys)).resolves.toMatchObject({ status: 400 });
    const noCheckpoint = `old 0\n\n${formatNote({ text: 'text\n', signatures: parseNote(signed).signatures })}`;
    await expect(receiveCheckpoint(noCheckpoint, logKeys)).resolves.toMatchObject({ status: 400 });
  });

  it('does not let a log show two histories to a majority of honest witnesses', () => {
    let majorities = 0;
    const branches = [tree, fork];
    const submission = fc.record({ witness: fc.nat(2), branch: fc.nat(1), size: fc.integer({ min: 11, max: 20 }) });
    fc.assert(
      fc.property(fc.array(submission, { maxLength: 40 }), (submissions) => {
        const states: (TreeHead | undefined)[] = [undefined, undefined, undefined];
        const signers = [new Set<number>(), new Set<number>()];
        for (const { witness, branch, size } of submissions) {
          const last = states[witness];
          const from = branches[branch]!;
          const oldSize = last?.size ?? 0;
          if (oldSize > size) continue;
          const received = { oldSize, proof: from.consistencyProof(oldSize, size), text: '' };
          const refusal = judgeCheckpoint({ ...received, checkpoint: { origin, ...head(size, from) } }, last);
          if (refusal) continue;
          states[witness] = head(size, from);
          signers[branch]!.add(witness);
        }
        const quorums = signers.filter((branch) => branch.size >= 2).length;
        expect(quorums).toBeLessThanOrEqual(1);
        majorities += quorums;
      }),
    );
    expect(majorities).toBeGreaterThan(10);
  });
});
