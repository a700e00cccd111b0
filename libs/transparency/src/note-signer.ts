import { toUtf8 } from './bytes.js';
import { cosignatureMessage, encodeTimestamped } from './cosignature.js';
import type { Ed25519Key } from './ed25519.js';
import type { NoteSignature } from './signed-note.js';
import { type VerifierKey, verifierKey } from './verifier-key.js';

/** Signs the text of a note; `key` is what others verify with. */
export type NoteSigner = Readonly<{ key: VerifierKey; sign: (text: string) => Promise<NoteSignature> }>;

/** Signs note texts as they are (type 0x01), as a log signs its checkpoints. */
export function noteSigner(name: string, ed25519: Ed25519Key): NoteSigner {
  const key = verifierKey(name, 'note', ed25519.publicKey);
  return {
    key,
    sign: async (text) => ({ name, keyId: key.id, signature: await ed25519.sign(toUtf8(text)) }),
  };
}

/**
 * Cosigns checkpoint texts (type 0x04), as a witness does. The message does not name the cosigner, so a key serves one
 * name only.
 *
 * @param now POSIX time in milliseconds, as `Date.now`
 */
export function cosigner(name: string, ed25519: Ed25519Key, now: () => number): NoteSigner {
  const key = verifierKey(name, 'cosignature', ed25519.publicKey);
  return {
    key,
    sign: async (text) => {
      const time = Math.floor(now() / 1000);
      const signature = await ed25519.sign(cosignatureMessage(text, time));
      return { name, keyId: key.id, signature: encodeTimestamped({ time, signature }) };
    },
  };
}
