import { hkdfSync } from 'node:crypto';
import { CompactEncrypt, compactDecrypt } from 'jose';

/** Seals small values for the database under a key of their own, derived from the key-encryption key (RFC 5869). */
export class Seal {
  private readonly key: Uint8Array;

  /** @param kek 256 bits, base64url */
  constructor(kek: string) {
    this.key = new Uint8Array(hkdfSync('sha256', Buffer.from(kek, 'base64url'), '', 'bayway console session', 32));
  }

  close(value: unknown): Promise<string> {
    return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(value)))
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .encrypt(this.key);
  }

  /** Throws when the value was sealed under another key. */
  async open(sealed: string): Promise<unknown> {
    const { plaintext } = await compactDecrypt(sealed, this.key);
    return JSON.parse(new TextDecoder().decode(plaintext)) as unknown;
  }
}
