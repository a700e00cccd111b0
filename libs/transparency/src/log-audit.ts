import { equalBytes } from './bytes.js';
import { type CheckpointTrust, openCheckpoint, type OpenedCheckpoint } from './checkpoint.js';
import type { TreeHead } from './consistency.js';
import { decodeEntryBundle } from './entry-bundle.js';
import { Frontier } from './frontier.js';
import { type Hash, leafHash } from './merkle-hash.js';
import { decodeTile } from './tile.js';
import { TILE_WIDTH, type TileId, tilePath } from './tile-path.js';
import { TransparencyError } from './transparency-error.js';

/** A tree of the log that somebody else holds a signature for: a witness, say. `by` is who. */
export type SeenHead = TreeHead & Readonly<{ by: string }>;

/**
 * What a log publishes, however it is fetched. `checkpoints` are the older ones it still shows, smallest first; `seen` is
 * what others hold of it, fetched before the newest checkpoint: the log must contain each of these trees.
 */
export type PublishedLog = Readonly<{
  checkpoint: () => Promise<string>;
  file: (tile: TileId) => Promise<Uint8Array | undefined>;
  checkpoints?: () => AsyncIterable<string>;
  seen?: () => Promise<readonly SeenHead[]>;
}>;

/** What an audit found in order: the newest checkpoint, and how many others were derived again. */
export type LogAudit = OpenedCheckpoint & Readonly<{ olderCheckpoints: number }>;

/**
 * Derives a whole log again from its entries and compares every published hash and checkpoint root with it.
 *
 * @throws TransparencyError `log-broken` at the first difference, naming the entry, tile or checkpoint, and what
 *   `openCheckpoint` throws
 */
export async function auditLog(log: PublishedLog, trust: CheckpointTrust): Promise<LogAudit> {
  const seen = (await log.seen?.()) ?? [];
  const newest = await openCheckpoint(await log.checkpoint(), trust);
  const audit = new Audit(log, newest.checkpoint.size, seen);
  let olderCheckpoints = 0;
  for await (const note of log.checkpoints?.() ?? []) {
    const { checkpoint } = await openOlder(note, trust);
    if (checkpoint.size > newest.checkpoint.size) continue;
    await audit.compareRoot(checkpoint.size, checkpoint.root);
    olderCheckpoints += 1;
  }
  await audit.compareRoot(newest.checkpoint.size, newest.checkpoint.root);
  await audit.finish();
  return { ...newest, olderCheckpoints };
}

/** As `openCheckpoint`, naming the checkpoint in what it throws. */
async function openOlder(note: string, trust: CheckpointTrust): Promise<OpenedCheckpoint> {
  try {
    return await openCheckpoint(note, trust);
  } catch (cause) {
    if (!(cause instanceof TransparencyError)) throw cause;
    throw new TransparencyError('log-broken', `checkpoint of size ${note.split('\n', 2)[1]}: ${cause.message}`, {
      cause,
    });
  }
}

class Audit {
  private readonly frontier = new Frontier();
  private readonly levels: Hash[][] = [];
  private bundle: Uint8Array[] = [];
  private readonly seen: SeenHead[];

  constructor(
    private readonly log: PublishedLog,
    private readonly size: number,
    seen: readonly SeenHead[],
  ) {
    this.seen = [...seen].sort((a, b) => a.size - b.size);
    const ahead = this.seen.find((head) => head.size > size);
    if (ahead) throw broken(`${ahead.by} holds a tree of size ${ahead.size}, the log has ${size} entries`);
  }

  /** Derives the tree up to `size` entries and compares its root. */
  async compareRoot(size: number, root: Hash): Promise<void> {
    if (size < this.frontier.size) throw broken(`checkpoint of size ${size} comes after a larger one`);
    this.compareSeen();
    while (this.frontier.size < size) await this.step();
    if (!equalBytes(this.frontier.root(), root)) throw broken(`checkpoint of size ${size} has another root`);
  }

  /** Compares what others hold of the tree as it stands. */
  private compareSeen(): void {
    while (this.seen[0] && this.seen[0].size <= this.frontier.size) {
      const { by, size, root } = this.seen.shift()!;
      if (!equalBytes(this.frontier.root(), root)) throw broken(`${by} holds another tree of size ${size}`);
    }
  }

  /** Compares the partial tiles at the right edge. */
  async finish(): Promise<void> {
    for (const [level, hashes] of this.levels.entries()) if (hashes.length > 0) await this.compareTile(level, hashes);
  }

  private async step(): Promise<void> {
    const index = this.frontier.size;
    const at = index % TILE_WIDTH;
    if (at === 0) this.bundle = await this.fetchBundle(index / TILE_WIDTH);
    const entry = this.bundle[at];
    if (!entry) throw broken(`entry ${index} is missing`);
    for (const { level, hash } of this.frontier.append(leafHash(entry))) {
      if (level % 8 !== 0) continue;
      const hashes = (this.levels[level / 8] ??= []);
      hashes.push(hash);
      if (hashes.length < TILE_WIDTH) continue;
      await this.compareTile(level / 8, hashes);
      hashes.length = 0;
    }
    this.compareSeen();
  }

  private async fetchBundle(index: number): Promise<Uint8Array[]> {
    const width = Math.min(TILE_WIDTH, this.size - index * TILE_WIDTH);
    return decodeEntryBundle(width, await this.fetch({ level: 'entries', index, width }));
  }

  private async compareTile(level: number, hashes: readonly Hash[]): Promise<void> {
    const done = Math.floor(this.frontier.size / TILE_WIDTH ** level);
    const first = done - hashes.length;
    const tile = { level, index: first / TILE_WIDTH, width: hashes.length };
    const published = decodeTile(tile.width, await this.fetch(tile));
    const differs = hashes.findIndex((hash, i) => !equalBytes(hash, published[i]!));
    if (differs < 0) return;
    const place = level === 0 ? `entry ${first + differs}` : `hash ${differs}`;
    throw broken(`${place} does not fit ${tilePath(tile)}`);
  }

  private async fetch(tile: TileId): Promise<Uint8Array> {
    const bytes = await this.log.file(tile);
    if (!bytes) throw broken(`${tilePath(tile)} is missing`);
    return bytes;
  }
}

const broken = (message: string) => new TransparencyError('log-broken', message);
