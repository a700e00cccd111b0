import { describe, expect, it } from '@jest/globals';
import { type Checkpoint, formatCheckpoint, openCheckpoint, parseCheckpoint, signCheckpoint } from './checkpoint.js';
import { decodeTimestamped, encodeTimestamped, subtreeMessage } from './cosignature.js';
import { ed25519FromSeed } from './ed25519.js';
import { EMPTY_ROOT, leafHash } from './merkle-hash.js';
import { cosigner, noteSigner } from './note-signer.js';
import { noteVerifier } from './note-verifier.js';
import { formatNote, type NoteSignature } from './signed-note.js';
import { TransparencyError } from './transparency-error.js';

const origin = 'gba.example/evidence/mo';
const log = noteSigner(origin, await ed25519FromSeed(new Uint8Array(32).fill(5)));
const witnessPair = await ed25519FromSeed(new Uint8Array(32).fill(6));
const witness = cosigner('witness.example', witnessPair, () => 1_700_000_000_999);
const trust = { origin, log: [noteVerifier(log.key)], cosigners: [noteVerifier(witness.key)] };
const checkpoint: Checkpoint = { origin, size: 7, root: leafHash(Uint8Array.of(1)) };
const text = formatCheckpoint(checkpoint);
const [first = '', second = '', third = ''] = text.split('\n');
const note = (...signatures: NoteSignature[]) => formatNote({ text, signatures });

describe('checkpoint text', () => {
  it('comes back as it was, with and without extension lines', () => {
    expect(parseCheckpoint(text)).toEqual(checkpoint);
    const extended = { ...checkpoint, extensions: ['one', 'two words'] };
    expect(parseCheckpoint(formatCheckpoint(extended))).toEqual(extended);
  });

  it('writes the empty tree as the specification does', () => {
    expect(formatCheckpoint({ origin, size: 0, root: EMPTY_ROOT })).toBe(
      `${origin}\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n`,
    );
  });

  it('may have an origin that is no key name', () => {
    expect(parseCheckpoint(`a log + more\n${second}\n${third}\n`).origin).toBe('a log + more');
  });

  it.each([
    ['', 'checkpoint-malformed'],
    ['\n\n\n', 'checkpoint-malformed'],
    [text.slice(0, -1), 'checkpoint-malformed'],
    [`${first}\n${second}\n`, 'checkpoint-malformed'],
    [`\n${second}\n${third}\n`, 'checkpoint-malformed'],
    [`${text}\n`, 'checkpoint-malformed'],
    [`${text}\nextension\n`, 'checkpoint-malformed'],
    [`${first}\r\n${second}\n${third}\n`, 'checkpoint-malformed'],
    [`${first}\n07\n${third}\n`, 'number-invalid'],
    [`${first}\n-7\n${third}\n`, 'number-invalid'],
    [`${first}\n7e3\n${third}\n`, 'number-invalid'],
    [`${first}\n٧\n${third}\n`, 'number-invalid'],
    [`${first}\n9007199254740992\n${third}\n`, 'number-invalid'],
    [`${first}\n18446744073709551616\n${third}\n`, 'number-invalid'],
    [`${first}\n7 \n${third}\n`, 'number-invalid'],
    [`${first}\n7\n${third.slice(0, -1)}\n`, 'encoding-invalid'],
    [`${first}\n7\nAAAA\n`, 'hash-invalid'],
  ])('is refused as %j', (broken, code) => {
    expect(() => parseCheckpoint(broken)).toThrow(expect.objectContaining({ code }));
  });

  it.each([
    { ...checkpoint, origin: '' },
    { ...checkpoint, origin: 'two\nlines' },
    { ...checkpoint, size: -1 },
    { ...checkpoint, size: 2 ** 53 },
    { ...checkpoint, root: new Uint8Array(31) },
    { ...checkpoint, extensions: [''] },
  ])('is not written from %j', (wrong) => {
    expect(() => formatCheckpoint(wrong)).toThrow(TransparencyError);
  });
});

describe('openCheckpoint', () => {
  it('names the cosigners and their times, in whole seconds', async () => {
    const opened = await openCheckpoint(note(await log.sign(text), await witness.sign(text)), trust);
    expect(opened).toEqual({
      checkpoint,
      text,
      cosignatures: [{ name: 'witness.example', keyId: witness.key.id, time: 1_700_000_000 }],
    });
  });

  it('opens without cosigners when none is known', async () => {
    const signed = note(await log.sign(text), await witness.sign(text));
    expect((await openCheckpoint(signed, { origin, log: trust.log })).cosignatures).toEqual([]);
  });

  it('demands the log, whoever else signed', async () => {
    const cosigned = note(await witness.sign(text));
    await expect(openCheckpoint(cosigned, trust)).rejects.toMatchObject({ code: 'signature-missing' });
  });

  it('does not take a cosignature for a log signature, nor the other way round', async () => {
    const [asLog, asWitness] = [await log.sign(text), await witness.sign(text)];
    const swapped = note({ ...asWitness, name: asLog.name, keyId: asLog.keyId });
    await expect(openCheckpoint(swapped, trust)).rejects.toMatchObject({ code: 'signature-invalid' });
    const plain = noteSigner('witness.example', witnessPair);
    const posed = { ...(await plain.sign(text)), keyId: witness.key.id };
    await expect(openCheckpoint(note(asLog, posed), trust)).rejects.toMatchObject({ code: 'cosignature-malformed' });
  });

  it('tells log and cosigner apart by name when their key ids collide', async () => {
    const keyId = log.key.id;
    const verifier = noteVerifier(witness.key);
    const verify: typeof verifier.verify = async (signed, signature) => {
      const verified = await verifier.verify(signed, signature);
      return verified && { ...verified, keyId };
    };
    const alike = { ...trust, cosigners: [{ ...verifier, keyId, verify }] };
    const posed = { ...(await witness.sign(text)), keyId };
    await expect(openCheckpoint(note(posed), alike)).rejects.toMatchObject({ code: 'signature-missing' });
  });

  it('refuses the checkpoint of another log under the same key, and a text that is none', async () => {
    const foreign = await signCheckpoint({ ...checkpoint, origin: 'other.example' }, log);
    await expect(openCheckpoint(foreign, trust)).rejects.toMatchObject({ code: 'checkpoint-foreign' });
    const other = 'not a checkpoint\n';
    const signed = formatNote({ text: other, signatures: [await log.sign(other)] });
    await expect(openCheckpoint(signed, trust)).rejects.toMatchObject({ code: 'checkpoint-malformed' });
  });

  it('refuses a cosignature whose time was changed', async () => {
    const cosignature = await witness.sign(text);
    const { time, signature } = decodeTimestamped(cosignature.signature);
    const later = { ...cosignature, signature: encodeTimestamped({ time: time + 1, signature }) };
    await expect(openCheckpoint(note(await log.sign(text), later), trust)).rejects.toMatchObject({
      code: 'signature-invalid',
    });
  });

  it('detects a flip of any byte, of text, signature and cosignature', async () => {
    const bytes = Buffer.from(note(await log.sign(text), await witness.sign(text)));
    for (let at = 0; at < bytes.length; at++) {
      for (const bit of [1, 0x20, 0x80]) {
        const damaged = Uint8Array.from(bytes, (byte, i) => (i === at ? byte ^ bit : byte));
        const cosigners = await openCheckpoint(damaged, trust).then(
          ({ cosignatures }) => cosignatures.length,
          (error: unknown) => (error instanceof TransparencyError ? 0 : Promise.reject(error as Error)),
        );
        expect([at, bit, cosigners]).toEqual([at, bit, 0]);
      }
    }
  });
});

describe('cosignatures', () => {
  it.each([new Uint8Array(71), new Uint8Array(73), new Uint8Array(0)])('are refused with another length', (blob) => {
    expect(() => decodeTimestamped(blob)).toThrow('another length');
  });

  it('are read from the middle of larger memory', () => {
    const larger = Uint8Array.from([
      9,
      9,
      ...encodeTimestamped({ time: 77, signature: new Uint8Array(64).fill(1) }),
      9,
    ]);
    expect(decodeTimestamped(larger.subarray(2, 74))).toEqual({ time: 77, signature: new Uint8Array(64).fill(1) });
  });

  it('are refused with a time beyond 2^53', () => {
    expect(() => decodeTimestamped(Uint8Array.from({ length: 72 }, () => 0xff))).toThrow('too large');
  });

  it('name a subtree only as the format allows', () => {
    const whole = { cosigner: 'w', time: 1, origin, start: 0, end: 8, hash: EMPTY_ROOT };
    expect(subtreeMessage(whole)).toHaveLength(12 + 2 + 8 + 1 + origin.length + 16 + 32);
    expect(subtreeMessage({ ...whole, end: 0 })).toHaveLength(subtreeMessage(whole).length);
    expect(subtreeMessage({ ...whole, start: 4, time: 0 })).toHaveLength(subtreeMessage(whole).length);
    const wrong = [{ start: 4 }, { start: 8, time: 0 }, { hash: new Uint8Array(31) }, { origin: '' }, { cosigner: '' }];
    for (const change of [...wrong, { origin: 'o'.repeat(256) }])
      expect(() => subtreeMessage({ ...whole, ...change })).toThrow(TransparencyError);
  });
});
