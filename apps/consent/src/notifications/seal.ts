import { hkdfSync } from 'node:crypto';
import { compactDecrypt, CompactEncrypt } from 'jose';
import { z } from 'zod';

const Sealed = z.object({ subject: z.uuid(), address: z.string().max(200) });

/** Seals mail addresses for the database under a key of their own, derived from the key-encryption key (RFC 5869). */
export class AddressSeal {
  private readonly key: Uint8Array;

  /** @param kek 256 bits, base64url */
  constructor(kek: string) {
    this.key = new Uint8Array(hkdfSync('sha256', Buffer.from(kek, 'base64url'), '', 'bayway consent mail address', 32));
  }

  close(subject: string, address: string): Promise<string> {
    return new CompactEncrypt(new TextEncoder().encode(JSON.stringify({ subject, address })))
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .encrypt(this.key);
  }

  /** Rejects what was sealed under another key, or for somebody else. */
  async open(subject: string, sealed: string): Promise<string> {
    const { plaintext } = await compactDecrypt(sealed, this.key);
    const found = Sealed.parse(JSON.parse(new TextDecoder().decode(plaintext)));
    if (found.subject !== subject) throw new RangeError('sealed for somebody else');
    return found.address;
  }
}

/** Enough of an address for its owner to know it by. */
export const masked = (address: string): string => {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, 1)}…${address.slice(at)}`;
};
