import { beforeAll, describe, expect, it } from '@jest/globals';
import { newKey, type PrivateKey } from './keys.js';
import { readPeerPolicy, signPeerPolicy, type PeerPolicy } from './peer-policy.js';

let root: PrivateKey;
let stranger: PrivateKey;
beforeAll(async () => {
  [root, stranger] = await Promise.all([newKey('root'), newKey('root')]);
});

const policy: PeerPolicy = {
  jurisdiction: 'hk',
  version: 3,
  signedAt: '2026-01-01T00:00:00Z',
  peers: { cn: { state: 'cut', highestLevel: 3 } },
};

describe('a peer policy', () => {
  it('is what the root signed', async () => {
    expect(await readPeerPolicy('hk', root.publicKey, `${await signPeerPolicy(root, policy)}\n`)).toEqual(policy);
  });

  it.each<[string, () => Promise<string>]>([
    ['of another root', () => signPeerPolicy(stranger, policy)],
    ['of another jurisdiction', () => signPeerPolicy(root, { ...policy, jurisdiction: 'mo' })],
    ['altered', async () => (await signPeerPolicy(root, policy)).replace(/\.[^.]+\./, `.${btoa('{}')}.`)],
    ['without a signature', () => Promise.resolve(JSON.stringify(policy))],
    ['empty', () => Promise.resolve('')],
    ['too long', () => Promise.resolve('x'.repeat(20_000))],
  ])('%s is refused', async (_what, signed) => {
    await expect(readPeerPolicy('hk', root.publicKey, await signed())).rejects.toMatchObject({
      code: 'signature-invalid',
    });
  });

  it('says nothing about its own jurisdiction', async () => {
    const own = { ...policy, peers: { hk: { state: 'cut' as const, highestLevel: 4 as const } } };
    await expect(signPeerPolicy(root, own)).rejects.toThrow('no peer of its own');
  });
});
