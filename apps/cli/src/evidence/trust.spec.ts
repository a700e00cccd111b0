import { describe, expect, it } from '@jest/globals';
import { logOrigin } from '@bayway/contracts';
import type { DirectoryEntry } from '@bayway/envelope';
import { ed25519FromSeed, EMPTY_ROOT, noteSigner, signCheckpoint } from '@bayway/transparency';
import { Difference } from './difference.js';
import { checkNotRevoked, type Directories } from './trust.js';

const key = await ed25519FromSeed(new Uint8Array(32).fill(5));
const x = Buffer.from(key.publicKey).toString('base64url');
const line = (revokedAt: string | null): DirectoryEntry =>
  ({ owner: 'hk/evidence', use: 'log', kid: 'one', key: { kty: 'OKP', crv: 'Ed25519', x }, revokedAt }) as never;
const directories = (...lines: DirectoryEntry[]): Directories => new Map([['hk', lines]]);
const ago = (seconds: number): string => new Date(Date.now() - seconds * 1_000).toISOString();
const origin = logOrigin('hk');
const note = await signCheckpoint({ origin, size: 0, root: EMPTY_ROOT }, noteSigner(origin, key));

describe('the newest checkpoint of a log', () => {
  it('may be signed by a key that is valid, or was revoked just now', async () => {
    await expect(checkNotRevoked(note, directories(line(null)), 'hk')).resolves.toBeUndefined();
    await expect(checkNotRevoked(note, directories(line(null), line(ago(5))), 'hk')).resolves.toBeUndefined();
  });

  it('may not be signed by a revoked key only', async () => {
    await expect(checkNotRevoked(note, directories(line(null), line(ago(61))), 'hk')).rejects.toThrow(Difference);
  });

  it('may not be signed by another jurisdiction’s key', async () => {
    await expect(checkNotRevoked(note, new Map([['mo', [line(null)]]]), 'hk')).rejects.toThrow(Difference);
  });
});
