import { mkdir, open, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Jurisdiction } from '@bayway/domain';
import { exclusively } from './ceremony-lock.js';
import { CeremonyError } from './errors.js';
import {
  appendEntry,
  keyState,
  readDirectory,
  type DirectoryEntry,
  type KeyOwner,
  type RevocationReason,
} from './key-directory.js';
import { signPeerPolicy, type PeerPolicy } from './peer-policy.js';
import { newKey, openKey, openRoot, PublicKey, sealKey, sealRoot, type KeyUse, type PrivateKey } from './keys.js';

type NewEntry = Omit<DirectoryEntry, 'index' | 'previous'>;

/** How a key follows another: sealed under `kek`, used from `aheadMs` on; the old one ends `overlapMs` after that. */
export type RotationTerms = Readonly<{ kek: string; overlapMs: number; aheadMs?: number }>;

/** What a rotation did: the new key, its sealed file, and when the keys before it end. */
export type Rotation = Readonly<{ kid: string; file: string; from: Date; to: Date; ending: readonly string[] }>;

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
    // Last: without it, what a start that did not finish has left is made anew.
    await write(join(folder, 'root.jwe'), await sealRoot(root, passphrase));
    return new KeyCeremony(jurisdiction, folder, root);
  }

  /** Signs which peers this jurisdiction's identity service believes. */
  signPeerPolicy(policy: PeerPolicy): Promise<string> {
    return signPeerPolicy(this.root, policy);
  }

  /** The lines of the directory, oldest first. */
  lines(): Promise<string[]> {
    return directoryLines(join(this.folder, 'directory.jsonl'));
  }

  /** Makes the keys an owner does not have in the directory yet. Answers how many were made. */
  ensure(owner: KeyOwner, uses: readonly KeyUse[], kek: string): Promise<number> {
    return exclusively(this.folder, async () => {
      const keys = (await this.latest()).filter((entry) => entry.owner === owner);
      const missing = uses.filter((use) => !keys.some((entry) => entry.use === use));
      for (const use of missing) await this.enter([(await this.make(owner, use, { kek, from: new Date() })).entry]);
      return missing.length;
    });
  }

  /**
   * Publishes a new key that is used from `aheadMs` on, and gives the keys before it an end `overlapMs` after that. All
   * lines are appended at once.
   * @throws CeremonyError when the owner has no such key, when a new one is waiting already, or for another key-encryption key
   */
  rotate(owner: KeyOwner, use: KeyUse, terms: RotationTerms): Promise<Rotation> {
    return exclusively(this.folder, async () => {
      const keys = (await this.latest()).filter((entry) => entry.owner === owner && entry.use === use);
      if (keys.length === 0) throw new CeremonyError(`\`${owner}\` has no \`${use}\` key in the directory`);
      const now = new Date();
      const waiting = keys.find((entry) => keyState(entry, now) === 'future');
      if (waiting)
        throw new CeremonyError(
          `\`${owner}\` \`${use}\` is being rotated: \`${waiting.kid}\` is used from ${waiting.from} on`,
        );
      await this.requireSameKek(owner, terms.kek);
      const from = new Date(now.getTime() + (terms.aheadMs ?? 0));
      const to = new Date(from.getTime() + terms.overlapMs);
      const { entry, file } = await this.make(owner, use, { kek: terms.kek, from });
      const open = keys.filter(({ to: end, revokedAt }) => end === null && revokedAt === null);
      await this.enter([entry, ...open.map((old) => ({ ...withoutPlace(old), to: to.toISOString() }))]);
      return { kid: entry.kid, file, from, to, ending: open.map(({ kid }) => kid) };
    });
  }

  /**
   * Ends a key at once, for all verifiers.
   * @throws CeremonyError when the directory does not know it, or it is revoked already
   */
  revoke(kid: string, reason: RevocationReason = 'unspecified'): Promise<DirectoryEntry> {
    return exclusively(this.folder, async () => {
      const entry = (await this.latest()).find((each) => each.kid === kid);
      if (!entry) throw new CeremonyError(`no key \`${kid}\` in the directory of \`${this.jurisdiction}\``);
      if (entry.revokedAt) throw new CeremonyError(`\`${kid}\` is revoked since ${entry.revokedAt}`);
      const revoked = { ...entry, revokedAt: new Date().toISOString(), reason };
      await this.enter([withoutPlace(revoked)]);
      return revoked;
    });
  }

  /** The last line of every key, of a directory that holds. @throws EnvelopeError when it does not */
  private async latest(): Promise<DirectoryEntry[]> {
    const entries = await readDirectory(this.jurisdiction, this.root.publicKey, await this.lines());
    return [...new Map(entries.map((entry) => [entry.kid, entry])).values()];
  }

  private async make(owner: KeyOwner, use: KeyUse, { kek, from }: { kek: string; from: Date }) {
    const key = await newKey(use);
    const numbers = (await sealedKeys(this.keysDir(owner)))
      .filter((name) => name.startsWith(`${use}-`))
      .map((name) => Number.parseInt(name.slice(use.length + 1), 10));
    const number = String(Math.max(0, ...numbers) + 1).padStart(3, '0');
    const file = join(this.keysDir(owner), `${use}-${number}.jwe`);
    // Never over a file that is there: it may be the only copy of a key.
    await write(file, await sealKey(key, kek), 'wx');
    const entry: NewEntry = {
      jurisdiction: this.jurisdiction,
      owner,
      use,
      kid: key.kid,
      key: key.publicKey,
      from: from.toISOString(),
      to: null,
      revokedAt: null,
    };
    return { entry, file };
  }

  /** A service that finds one key in its folder that its key-encryption key does not open does not start. */
  private async requireSameKek(owner: KeyOwner, kek: string): Promise<void> {
    const folder = this.keysDir(owner);
    for (const file of await sealedKeys(folder))
      await openKey(await readFile(join(folder, file), 'utf8'), kek).catch(() => {
        throw new CeremonyError(`the key-encryption key does not open the keys that \`${owner}\` has`);
      });
  }

  /** Signs and appends entries in one write, on the disk when this returns. */
  private async enter(entries: readonly NewEntry[]): Promise<void> {
    const lines = await this.lines();
    const added: string[] = [];
    for (const entry of entries) added.push(await appendEntry(this.root, [...lines, ...added], entry));
    const file = await open(join(this.folder, 'directory.jsonl'), 'a', 0o600);
    try {
      await file.write(added.map((line) => `${line}\n`).join(''));
      await file.sync();
    } finally {
      await file.close();
    }
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

const withoutPlace = ({ index: _index, previous: _previous, ...entry }: DirectoryEntry): NewEntry => entry;

const sealedKeys = async (folder: string): Promise<string[]> =>
  (await readdir(folder).catch((): string[] => [])).filter((file) => file.endsWith('.jwe'));

async function write(file: string, text: string, flag: 'w' | 'wx' = 'w'): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, text, { mode: 0o600, flag });
}

/** Reads the pinned root that a jurisdiction published. */
export const readRoot = async (folder: string): Promise<PublicKey> =>
  PublicKey.parse(JSON.parse(await readFile(join(folder, 'root.pub.json'), 'utf8')));

/** The lines of a directory's file, oldest first. */
export const directoryLines = async (file: string): Promise<string[]> =>
  (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
