import { appendFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Jurisdiction } from '@bayway/domain';
import { appendEntry, readDirectory, type KeyOwner } from './key-directory.js';
import { newKey, openRoot, PublicKey, sealKey, sealRoot, type KeyUse, type PrivateKey } from './keys.js';

/**
 * The files of one jurisdiction's keys: `root.jwe` (offline root under a passphrase), `root.pub.json` (what peers pin),
 * `directory.jsonl` (the signed lines, published by its evidence service), and `<owner>/<use>-<n>.jwe` (private keys, each
 * under its owner's key-encryption key). Only whoever holds the passphrase can add to the directory.
 */
export class KeyCeremony {
  private constructor(
    readonly jurisdiction: Jurisdiction,
    readonly folder: string,
    private readonly root: PrivateKey,
  ) {}

  /** Opens a jurisdiction's key folder; makes it, with a new root, when it is empty. Throws when the passphrase is wrong. */
  static async open(jurisdiction: Jurisdiction, folder: string, passphrase: string): Promise<KeyCeremony> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const sealed = await readFile(join(folder, 'root.jwe'), 'utf8').catch(() => null);
    if (sealed !== null) return new KeyCeremony(jurisdiction, folder, await openRoot(sealed, passphrase));
    const root = await newKey('root');
    await write(join(folder, 'directory.jsonl'), '');
    await write(join(folder, 'root.pub.json'), `${JSON.stringify(root.publicKey)}\n`);
    await write(join(folder, 'root.jwe'), await sealRoot(root, passphrase));
    return new KeyCeremony(jurisdiction, folder, root);
  }

  /** The lines of the directory, oldest first. */
  async lines(): Promise<string[]> {
    const text = await readFile(join(this.folder, 'directory.jsonl'), 'utf8');
    return text.split('\n').filter((line) => line !== '');
  }

  /** Makes the keys an owner does not have yet. Answers how many were made. */
  async ensure(owner: KeyOwner, uses: readonly KeyUse[], kek: string): Promise<number> {
    const files = await readdir(this.keysDir(owner)).catch((): string[] => []);
    const missing = uses.filter((use) => !files.some((file) => file.startsWith(`${use}-`)));
    for (const use of missing) await this.add(owner, use, { kek });
    return missing.length;
  }

  /**
   * Adds a key beside the old one. The old one is used for verifying until `overlapMs` from now and then ends.
   * @returns the new key's id
   */
  async rotate(owner: KeyOwner, use: KeyUse, terms: { kek: string; overlapMs: number }): Promise<string> {
    const now = new Date();
    const entries = await readDirectory(this.jurisdiction, this.root.publicKey, await this.lines());
    const last = new Map(entries.filter((e) => e.owner === owner && e.use === use).map((e) => [e.kid, e]));
    const kid = await this.add(owner, use, terms);
    const to = new Date(now.getTime() + terms.overlapMs).toISOString();
    for (const { index: _index, previous: _previous, ...entry } of last.values()) {
      if (entry.to === null && entry.revokedAt === null) await this.enter({ ...entry, to });
    }
    return kid;
  }

  /** Ends a key at once, for all verifiers. */
  async revoke(kid: string): Promise<void> {
    const entries = await readDirectory(this.jurisdiction, this.root.publicKey, await this.lines());
    const entry = entries.findLast((e) => e.kid === kid);
    if (!entry) throw new RangeError(`no key \`${kid}\` in the directory of \`${this.jurisdiction}\``);
    const { index: _index, previous: _previous, ...rest } = entry;
    await this.enter({ ...rest, revokedAt: new Date().toISOString() });
  }

  private async add(owner: KeyOwner, use: KeyUse, { kek }: { kek: string }): Promise<string> {
    const key = await newKey(use);
    const folder = this.keysDir(owner);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const taken = (await readdir(folder)).filter((file) => file.startsWith(`${use}-`)).length;
    await write(join(folder, `${use}-${String(taken + 1).padStart(3, '0')}.jwe`), await sealKey(key, kek));
    const from = new Date().toISOString();
    await this.enter({
      jurisdiction: this.jurisdiction,
      owner,
      use,
      kid: key.kid,
      key: key.publicKey,
      from,
      to: null,
      revokedAt: null,
    });
    return key.kid;
  }

  private async enter(entry: Parameters<typeof appendEntry>[2]): Promise<void> {
    const line = await appendEntry(this.root, await this.lines(), entry);
    await appendFile(join(this.folder, 'directory.jsonl'), `${line}\n`);
  }

  /** Folder with an owner's sealed private keys: its `KEYS_DIR`. */
  keysDir(owner: KeyOwner): string {
    return join(this.folder, owner.slice(this.jurisdiction.length + 1));
  }

  /** The public root, which the others pin. */
  get publicRoot(): PublicKey {
    return this.root.publicKey;
  }
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, text, { mode: 0o600 });
}

/** Reads the pinned root that a jurisdiction published. */
export const readRoot = async (folder: string): Promise<PublicKey> =>
  PublicKey.parse(JSON.parse(await readFile(join(folder, 'root.pub.json'), 'utf8')));
