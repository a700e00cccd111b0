import { describe, expect, it } from '@jest/globals';
import { toBase64 } from './base64.js';
import { ed25519FromSeed, ed25519Verifier } from './ed25519.js';
import { noteVerifier } from './note-verifier.js';
import { TransparencyError } from './transparency-error.js';
import { formatVerifierKey, parseVerifierKey, verifierKey } from './verifier-key.js';

const publicKey = (await ed25519FromSeed(new Uint8Array(32).fill(4))).publicKey;
const key = verifierKey('log.example', 'note', publicKey);
const vkey = formatVerifierKey(key);
const material = (type: number, bytes: Uint8Array) => toBase64(Uint8Array.from([type, ...bytes]));

describe('verifier keys', () => {
  it('come back as they were', () => {
    expect(parseVerifierKey(vkey)).toEqual(key);
    const cosignature = verifierKey('witness.example', 'cosignature', publicKey);
    expect(parseVerifierKey(formatVerifierKey(cosignature))).toEqual(cosignature);
    const mldsa = verifierKey('witness.example', 'subtree', new Uint8Array(1312).fill(3));
    expect(parseVerifierKey(formatVerifierKey(mldsa))).toEqual(mldsa);
  });

  it('differ in their id by name and by type', () => {
    const ids = [
      key,
      verifierKey('log2.example', 'note', publicKey),
      verifierKey('log.example', 'cosignature', publicKey),
    ];
    expect(new Set(ids.map(({ id }) => id)).size).toBe(3);
  });

  it('may hold a plus in the base64 only', () => {
    const plus = verifierKey(
      'log.example',
      'note',
      Uint8Array.from(publicKey, () => 0xfb),
    );
    expect(formatVerifierKey(plus).split('+').length).toBeGreaterThan(3);
    expect(parseVerifierKey(formatVerifierKey(plus))).toEqual(plus);
  });

  it.each([
    ['nothing', '', 'key-malformed'],
    ['two parts', 'log.example+00000000', 'key-malformed'],
    ['no name', vkey.slice('log.example'.length), 'key-malformed'],
    ['a space in the name', vkey.replace('log.', 'log '), 'key-malformed'],
    ['another name', vkey.replace('log.', 'lag.'), 'key-malformed'],
    ['an id in capitals', `log.example+ABCDEF01+${material(1, publicKey)}`, 'key-malformed'],
    ['another id', `log.example+00000000+${material(1, publicKey)}`, 'key-malformed'],
    ['a short key', `log.example+00000000+${material(1, publicKey.slice(1))}`, 'key-malformed'],
    ['an unknown type', `log.example+00000000+${material(2, publicKey)}`, 'key-unsupported'],
    ['broken base64', `${vkey.slice(0, -1)}!`, 'encoding-invalid'],
    ['a line break', `${vkey}\n`, 'encoding-invalid'],
  ])('are refused with %s', (_, broken, code) => {
    expect(() => parseVerifierKey(broken)).toThrow(expect.objectContaining({ code }));
  });

  it('are not made of a key of another length', () => {
    expect(() => verifierKey('log.example', 'note', publicKey.slice(1))).toThrow('another length');
    expect(() => verifierKey('log.example', 'subtree', publicKey)).toThrow('another length');
  });

  it('are refused as verifiers when the platform cannot check them', () => {
    const mldsa = verifierKey('witness.example', 'subtree', new Uint8Array(1312));
    expect(() => noteVerifier(mldsa)).toThrow('signature type is not supported');
  });
});

describe('Ed25519', () => {
  it('takes seeds of 32 bytes only', async () => {
    await expect(ed25519FromSeed(new Uint8Array(31))).rejects.toBeInstanceOf(TransparencyError);
  });

  it('says no under a key that is no curve point, and to a signature of another length', async () => {
    const message = Uint8Array.of(1);
    await expect(ed25519Verifier(new Uint8Array(32).fill(0xff))(message, new Uint8Array(64))).resolves.toBe(false);
    await expect(ed25519Verifier(publicKey)(message, new Uint8Array(63))).resolves.toBe(false);
  });

  it('signs as RFC 8032 section 7.1 test 2 says', async () => {
    const seed = Buffer.from('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb', 'hex');
    const pair = await ed25519FromSeed(seed);
    const signature = await pair.sign(Uint8Array.of(0x72));
    expect(Buffer.from(pair.publicKey).toString('hex')).toBe(
      '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    );
    expect(Buffer.from(signature).toString('hex')).toBe(
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da' +
        '085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    );
  });
});
