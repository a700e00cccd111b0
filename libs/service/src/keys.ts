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

/** Reads a directory from the evidence service that publishes it; one that has not changed does not come again. */
export function publishedBy(urls: Readonly<Record<Jurisdiction, string>>): DirectorySource {
  const copies = new Map<Jurisdiction, Readonly<{ etag: string; entries: readonly string[] }>>();
  return async (jurisdiction) => {
    const copy = copies.get(jurisdiction);
    const headers: Record<string, string> = copy ? { 'if-none-match': copy.etag } : {};
    const response = await fetch(`${urls[jurisdiction]}/key-directory`, {
      headers,
      signal: AbortSignal.timeout(3_000),
    });
    if (response.status === 304 && copy) return copy.entries;
    const { entries } = Published.parse(await response.json());
    const etag = response.headers.get('etag');
    if (etag) copies.set(jurisdiction, { etag, entries });
    return entries;
  };
}

/** This service's own private keys and its verified copy of all three key directories. */
export class Keys {
  private readonly logger = new Logger('keys');
  private readonly copies = new Map<Jurisdiction, Copy>();
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
    const reopen = sealedKeys(config.KEYS_DIR, config.KEK);
    const keys = new Keys(reopen, config.ROOTS, source ?? publishedBy(config.EVIDENCE_URLS));
    keys.mine = await reopen();
    await keys.refresh();
    keys.timer = setInterval(() => void keys.refresh(), REFRESH_MS);
    keys.timer.unref();
    return keys;
  }

  /**
   * The own private key for a use: the newest that is valid by the directory, else any on disk. One that has just become
   * valid waits while there is an older one, for the clocks of those who verify may be behind.
   */
  own(use: KeyUse): PrivateKey {
    const now = new Date();
    const valid = this.ownAll(use).flatMap((key) => {
      const entry = this.directory.find(key.kid, now);
      return entry ? [{ key, from: entry.from }] : [];
    });
    valid.sort((a, b) => b.from.localeCompare(a.from));
    const settled = valid.find(({ from }) => Date.parse(from) <= now.getTime() - SETTLING_MS);
    const key = (settled ?? valid[0])?.key ?? this.ownAll(use)[0];
    if (!key) throw new SettingError([`KEYS_DIR: holds no key for \`${use}\``]);
    return key;
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

  /**
   * Reads all three directories, and the own keys, again. One that does not answer, or that is no continuation of what was
   * read before, keeps its last verified state.
   */
  refresh(): Promise<void> {
    this.reading ??= Promise.all([...JURISDICTIONS.map((j) => this.read(j)), this.reopenOwn()])
      .then(() => {
        this.directory = new KeyDirectory([...this.copies.values()].flatMap(({ entries }) => entries));
        this.readAt = Date.now();
      })
      .finally(() => (this.reading = null));
    return this.reading;
  }

  private async read(jurisdiction: Jurisdiction): Promise<void> {
    try {
      const lines = await this.source(jurisdiction);
      const known = this.copies.get(jurisdiction)?.lines ?? [];
      if (known.some((line, i) => line !== lines[i])) throw new RangeError('directory was altered or cut short');
      if (lines.length === known.length) return;
      const entries = await readDirectory(jurisdiction, this.roots[jurisdiction], lines);
      this.copies.set(jurisdiction, { lines, entries });
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

type Copy = Readonly<{ lines: readonly string[]; entries: readonly DirectoryEntry[] }>;

/** A revoked key is refused, and a new own key found, at the latest so long after the directory was published. */
const REFRESH_MS = 5_000;
const SETTLING_MS = 5_000;
const AGAIN_MS = 1_000;

function kidOf(jws: string): string | undefined {
  try {
    return decodeProtectedHeader(jws).kid;
  } catch {
    return undefined;
  }
}

/** Opens the sealed keys of a folder. A file is opened once: a sealed key never changes, another one has another name. */
function sealedKeys(dir: string, kek: string): () => Promise<PrivateKey[]> {
  const opened = new Map<string, PrivateKey>();
  return async () => {
    const open = async (file: string): Promise<PrivateKey> => {
      const key = opened.get(file) ?? (await openFile(join(dir, file), kek));
      opened.set(file, key);
      return key;
    };
    return Promise.all((await sealedFiles(dir)).map(open));
  };
}

async function sealedFiles(dir: string): Promise<string[]> {
  const files = await readdir(dir).catch(() => {
    throw new SettingError(['KEYS_DIR: folder does not exist']);
  });
  return files
    .filter((file) => file.endsWith('.jwe'))
    .sort()
    .reverse();
}

async function openFile(file: string, kek: string): Promise<PrivateKey> {
  try {
    return await openKey(await readFile(file, 'utf8'), kek);
  } catch {
    throw new SettingError(['KEK: does not open the keys in KEYS_DIR']);
  }
}
