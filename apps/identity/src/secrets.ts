import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

/** What a key is derived for: one key never serves two ends. */
type End = 'cookies' | 'pairwise' | 'documents' | 'matching' | 'forms' | 'devices' | 'vault';

type Sealing = Extract<End, 'documents' | 'vault'>;

const IV = 12;
const TAG = 16;

/** Keys derived from the key-encryption key (HKDF-SHA-256, RFC 5869); none is stored. */
export class Secrets {
  private readonly known = new Map<End, Buffer>();

  /** @param kek 256 bits, base64url */
  constructor(private readonly kek: string) {}

  private key(end: End): Buffer {
    const known = this.known.get(end);
    if (known) return known;
    const made = Buffer.from(hkdfSync('sha256', Buffer.from(this.kek, 'base64url'), '', `bayway/identity/${end}`, 32));
    this.known.set(end, made);
    return made;
  }

  /** Key that signs cookies. */
  cookieKey(): string {
    return this.key('cookies').toString('base64url');
  }

  /** A keyed digest, base64url, 43 characters. Without the key it says nothing, not even to whoever knows the text. */
  mac(end: Exclude<End, 'cookies' | 'documents' | 'vault'>, text: string): string {
    return createHmac('sha256', this.key(end)).update(text).digest('base64url');
  }

  /** Whether a digest is that of the text; takes the same time whatever it is. */
  macMatches(end: 'forms', text: string, mac: string): boolean {
    const expected = Buffer.from(this.mac(end, text));
    const given = Buffer.from(mac);
    return expected.length === given.length && timingSafeEqual(expected, given);
  }

  /** Encrypts a document number, or a key (AES-256-GCM). `bound` names its row, so that no row's secret can be moved to another. */
  seal(plain: string, bound: string, end: Sealing = 'documents'): Buffer {
    const iv = randomBytes(IV);
    const cipher = createCipheriv('aes-256-gcm', this.key(end), iv).setAAD(Buffer.from(bound));
    const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), text]);
  }

  /** Opens what `seal` closed; throws when it was altered or belongs to another row. */
  open(sealed: Buffer, bound: string, end: Sealing = 'documents'): string {
    const decipher = createDecipheriv('aes-256-gcm', this.key(end), sealed.subarray(0, IV))
      .setAAD(Buffer.from(bound))
      .setAuthTag(sealed.subarray(IV, IV + TAG));
    return Buffer.concat([decipher.update(sealed.subarray(IV + TAG)), decipher.final()]).toString('utf8');
  }
}
