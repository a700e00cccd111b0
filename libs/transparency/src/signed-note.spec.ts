import { describe, expect, it } from '@jest/globals';
import { toBase64 } from './base64.js';
import { ed25519FromSeed } from './ed25519.js';
import { noteSigner } from './note-signer.js';
import { noteVerifier, openNote, verifySignatures } from './note-verifier.js';
import { formatNote, formatSignature, MAX_NOTE_SIZE, type NoteSignature, parseNote } from './signed-note.js';
import { TransparencyError } from './transparency-error.js';

const key = await ed25519FromSeed(new Uint8Array(32).fill(9));
const signer = noteSigner('log.example/a', key);
const verifier = noteVerifier(signer.key);
const text = 'first line\n\nlast line\n';
const signature = await signer.sign(text);
const note = formatNote({ text, signatures: [signature] });
const unknown = (i: number): NoteSignature => ({ name: `other.example/${i}`, keyId: i, signature: Uint8Array.of(1) });
const codeOf = (attempt: () => unknown) => {
  try {
    attempt();
    return 'accepted';
  } catch (error) {
    return error instanceof TransparencyError ? error.code : 'another error';
  }
};

describe('parseNote', () => {
  it('splits at the last empty line, so that the text may hold others', () => {
    expect(parseNote(note)).toEqual({ text, signatures: [signature] });
    expect(parseNote(Buffer.from(note))).toEqual({ text, signatures: [signature] });
    expect(formatNote(parseNote(note))).toBe(note);
  });

  it('keeps a byte order mark and letters beyond ASCII', () => {
    const strange = formatNote({ text: '\ufeff數據 \u{1f30a}\n', signatures: [signature] });
    expect(parseNote(Buffer.from(strange)).text).toBe('\ufeff數據 \u{1f30a}\n');
  });

  it('takes an empty line as text and 32 signatures', () => {
    const many = formatNote({ text: '\n', signatures: Array.from({ length: 32 }, (_, i) => unknown(i)) });
    expect(parseNote(many).signatures).toHaveLength(32);
  });

  const line = formatSignature(signature);
  const blob = line.slice(line.lastIndexOf(' ') + 1, -1);
  it.each([
    ['nothing', ''],
    ['text alone', text],
    ['no empty line', `text\n${line}`],
    ['no signature', `${text}\n`],
    ['no final newline', note.slice(0, -1)],
    ['a line after the signatures', `${note}more\n`],
    ['an empty line after the signatures', `${note}\n`],
    ['a carriage return', note.replace('first line\n', 'first line\r\n')],
    ['a null', note.replace('first', 'fi\0rst')],
    ['a tab', note.replace('first', 'fi\trst')],
    ['half a surrogate pair', note.replace('first', 'fi\ud800rst')],
    ['a hyphen for the dash', note.replace('—', '-')],
    ['two spaces', note.replace('— ', '—  ')],
    ['a space at the end', note.replace(/\n$/, ' \n')],
    ['a plus in the name', note.replace('example/a', 'example+a')],
    ['a space of another kind in the name', note.replace('example/a', 'example\u00a0a')],
    ['no padding', note.replace(/=+\n$/, '\n')],
    ['base64 for addresses', `${text}\n— a ${toBase64(new Uint8Array(12).fill(255)).replaceAll('/', '_')}\n`],
    ['stray bits in the base64', `${text}\n— a AAAAAAB=\n`],
    ['a key id without signature', `${text}\n— a AAAAAA==\n`],
    ['a broken line among good ones', note + note.slice(note.lastIndexOf('—')).replace(blob, blob.slice(1))],
    ['33 signatures', `${text}\n${line.repeat(33)}`],
    ['more bytes than allowed', `${'大'.repeat(MAX_NOTE_SIZE / 3)}\n\n${line}`],
    ['more characters than allowed', `${'a'.repeat(MAX_NOTE_SIZE)}\n\n${line}`],
  ])('refuses a note with %s', (_, broken) => {
    expect(['note-malformed', 'key-malformed', 'encoding-invalid']).toContain(codeOf(() => parseNote(broken)));
  });

  it('refuses bytes that are not UTF-8', () => {
    expect(codeOf(() => parseNote(Uint8Array.of(0xc0, 0x80, 0x0a, 0x0a)))).toBe('encoding-invalid');
    expect(codeOf(() => parseNote(Buffer.concat([Buffer.of(0xff), Buffer.from(note)])))).toBe('encoding-invalid');
  });
});

describe('formatNote', () => {
  it.each([
    ['no signature', { text, signatures: [] }],
    ['33 signatures', { text, signatures: Array.from({ length: 33 }, (_, i) => unknown(i)) }],
    ['no newline at the end', { text: 'text', signatures: [signature] }],
    ['a control character', { text: 'a\u0007\n', signatures: [signature] }],
    ['half a surrogate pair', { text: 'a\ud800\n', signatures: [signature] }],
    ['an empty signature', { text, signatures: [{ ...signature, signature: new Uint8Array(0) }] }],
    ['a name with a space', { text, signatures: [{ ...signature, name: 'a b' }] }],
    ['an empty name', { text, signatures: [{ ...signature, name: '' }] }],
    ['a name of 256 letters', { text, signatures: [{ ...signature, name: 'a'.repeat(256) }] }],
  ])('does not write a note with %s', (_, wrong) => {
    expect(['note-malformed', 'key-malformed']).toContain(codeOf(() => formatNote(wrong)));
  });
});

describe('openNote', () => {
  const withOthers = (...signatures: NoteSignature[]) => formatNote({ text, signatures });
  const wrong = { ...signature, signature: signature.signature.map((byte, i) => (i === 0 ? byte ^ 1 : byte)) };

  it('passes over keys it does not know, even with the same name or id', async () => {
    const sameName = { ...wrong, keyId: signature.keyId ^ 1 };
    const sameId = { ...wrong, name: 'log.example/b' };
    const { verified } = await openNote(withOthers(unknown(1), sameName, signature, sameId), [verifier]);
    expect(verified).toEqual([{ name: 'log.example/a', keyId: signature.keyId }]);
  });

  it('counts a key once', async () => {
    const { verified } = await openNote(withOthers(signature, signature), [verifier]);
    expect(verified).toHaveLength(1);
  });

  it.each([
    ['no known key', withOthers(unknown(1)), 'signature-missing'],
    ['a known key that fails', withOthers(wrong), 'signature-invalid'],
    ['a known key that fails beside a good one', withOthers(signature, wrong), 'signature-invalid'],
    [
      'a signature that is cut',
      withOthers({ ...signature, signature: signature.signature.slice(1) }),
      'signature-invalid',
    ],
    ['another text', note.replace('last', 'lost'), 'signature-invalid'],
  ])('refuses a note with %s', async (_, broken, code) => {
    await expect(openNote(broken, [verifier])).rejects.toMatchObject({ code });
  });

  it('refuses any note when no key is trusted', async () => {
    await expect(openNote(note, [])).rejects.toMatchObject({ code: 'signature-missing' });
    await expect(verifySignatures(text, [signature], [])).resolves.toEqual([]);
  });
});
