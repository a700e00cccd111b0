import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { JURISDICTIONS, type Jurisdiction } from '@bayway/domain';
import {
  KeyDirectory,
  openKey,
  readDirectory,
  type DirectoryEntry,
  type KeyUse,
  type PrivateKey,
  type PublicKey,
} from '@bayway/envelope';
import { decodeProtectedHeader } from 'jose';
import { z } from 'zod';
import { SettingError, type ServiceConfig } from './config.js';

const Published = z.object({ entries: z.array(z.string().max(4_000)).max(100_000) });

/** Where the lines of one jurisdiction's directory come from. */
export type DirectorySource = (jurisdiction: Jurisdiction) => Promise<readonly string[]>;

/** Reads a directory from the evidence service that publishes it. */
export const publishedBy =
  (urls: Readonly<Record<Jurisdiction, string>>): DirectorySource =>
  async (jurisdiction) => {
    const response = await fetch(`${urls[jurisdiction]}/key-directory`, { signal: AbortSignal.timeout(3_000) });
    return Published.parse(await response.json()).entries;
  };

/** This service's own private keys and its verified copy of all three key directories. */
export class Keys {
  private readonly logger = new Logger('keys');
  private readonly entries = new Map<Jurisdiction, readonly DirectoryEntry[]>();
  private directory = new KeyDirectory([]);
  private readAt = 0;
  private reading: Promise<void> | null = null;
  private timer: NodeJS.Timeout | undefined;

  private mine: readonly PrivateKey[] = [];

  private constructor(
    private readonly reopen: () => Promise<PrivateKey[]>,
    private readonly roots: Readonly<Record<Jurisdiction, PublicKey>>,
    private readonly source: DirectorySource,
  ) {}

  /**
   * Opens the sealed keys of `KEYS_DIR` and reads the directories; a directory that cannot be reached is tried again.
   * @throws SettingError when KEYS_DIR or KEK is wrong
   */
  static async load(
    config: Pick<ServiceConfig, 'KEYS_DIR' | 'KEK' | 'ROOTS' | 'EVIDENCE_URLS'>,
    source?: DirectorySource,
  ): Promise<Keys> {
    const reopen = (): Promise<PrivateKey[]> => openAll(config.KEYS_DIR, config.KEK);
    const keys = new Keys(reopen, config.ROOTS, source ?? publishedBy(config.EVIDENCE_URLS));
    keys.mine = await reopen();
    await keys.refresh();
    keys.timer = setInterval(() => void keys.refresh(), REFRESH_MS);
    keys.timer.unref();
    return keys;
  }

  /** The own private key for a use: the newest that the directory knows, else any on disk. */
  own(use: KeyUse): PrivateKey {
    const now = new Date();
    const known = this.ownAll(use).flatMap((key) => {
      const entry = this.directory.find(key.kid, now);
      return entry ? [{ key, from: entry.from }] : [];
    });
    const newest = known.sort((a, b) => b.from.localeCompare(a.from))[0]?.key ?? this.ownAll(use)[0];
    if (!newest) throw new SettingError([`KEYS_DIR: holds no key for \`${use}\``]);
    return newest;
  }

  /** All own private keys for a use, as during an overlap of two. */
  ownAll(use: KeyUse): readonly PrivateKey[] {
    return this.mine.filter((key) => key.use === use);
  }

  /** The directory as read last. */
  current(): KeyDirectory {
    return this.directory;
  }

  /** The directory to verify this signed object with; read again first when the signer's key is new to us. */
  async directoryFor(jws: string): Promise<KeyDirectory> {
    const kid = kidOf(jws);
    if (kid && !this.directory.find(kid, new Date()) && Date.now() - this.readAt > AGAIN_MS) await this.refresh();
    return this.directory;
  }

  /** Reads all three directories, and the own keys, again. One that does not answer keeps its last verified state. */
  refresh(): Promise<void> {
    this.reading ??= Promise.all([...JURISDICTIONS.map((j) => this.read(j)), this.reopenOwn()])
      .then(() => {
        this.directory = new KeyDirectory([...this.entries.values()].flat());
        this.readAt = Date.now();
      })
      .finally(() => (this.reading = null));
    return this.reading;
  }

  private async read(jurisdiction: Jurisdiction): Promise<void> {
    try {
      const lines = await this.source(jurisdiction);
      if (lines.length < (this.entries.get(jurisdiction)?.length ?? 0))
        throw new RangeError('directory has become shorter');
      this.entries.set(jurisdiction, await readDirectory(jurisdiction, this.roots[jurisdiction], lines));
    } catch (error) {
      this.logger.warn({ directory: jurisdiction, failure: (error as Error).message });
    }
  }

  /** A rotation puts a new sealed key beside the old one. */
  private async reopenOwn(): Promise<void> {
    try {
      this.mine = await this.reopen();
    } catch (error) {
      this.logger.warn({ failure: (error as Error).message });
    }
  }

  close(): void {
    clearInterval(this.timer);
  }
}

const REFRESH_MS = 15_000;
const AGAIN_MS = 1_000;

function kidOf(jws: string): string | undefined {
  try {
    return decodeProtectedHeader(jws).kid;
  } catch {
    return undefined;
  }
}

async function openAll(dir: string, kek: string): Promise<PrivateKey[]> {
  const files = await readdir(dir).catch(() => {
    throw new SettingError(['KEYS_DIR: folder does not exist']);
  });
  const sealed = files
    .filter((file) => file.endsWith('.jwe'))
    .sort()
    .reverse();
  try {
    return await Promise.all(sealed.map(async (file) => openKey(await readFile(join(dir, file), 'utf8'), kek)));
  } catch {
    throw new SettingError(['KEK: does not open the keys in KEYS_DIR']);
  }
}
