import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Frontier, leafHash, type Node } from '@bayway/transparency';
import { DataSource, type EntityManager } from 'typeorm';
import { Pacer } from '../pacer.js';
import { CheckpointsService } from './checkpoints.service.js';
import { LogStore, splitHashes } from './log.store.js';
import { SeenEntries } from './seen-entries.js';

/** Gives pending entries their place in the log and signs a checkpoint over them, in one transaction. */
@Injectable()
export class Sequencer implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('sequencer');
  private readonly pacer = new Pacer(IDLE_MS);
  private readonly seen = new SeenEntries();
  private loop: Promise<unknown> | undefined;

  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(CheckpointsService) private readonly checkpoints: CheckpointsService,
    @Inject(LogStore) private readonly log: LogStore,
  ) {}

  onApplicationBootstrap(): void {
    this.loop = Promise.all([this.run(), this.catchUp()]);
  }

  async onModuleDestroy(): Promise<void> {
    this.pacer.stop();
    await this.loop;
  }

  /** Looks for pending entries now: some were committed. */
  nudge(): void {
    this.pacer.wake();
  }

  private async run(): Promise<void> {
    while (!this.pacer.stopped) {
      const taken = await this.integrateWaiting().catch((error: unknown) => {
        this.logger.warn({ failure: (error as Error).message });
        return 0;
      });
      if (taken === 0) await this.pacer.idle();
      else if (taken < BATCH) await this.pacer.pause(BATCH_MS);
    }
  }

  /** Looks before it takes the lock: most looks at an idle log find nothing. The first checkpoint is of an empty tree. */
  private async integrateWaiting(): Promise<number> {
    const latest = await this.checkpoints.toContinue(this.db.manager);
    const waiting: unknown[] = latest ? await this.db.query('select from pending_entry order by seq limit 1') : [];
    return !latest || waiting.length > 0 ? this.integrate() : 0;
  }

  /** Takes up to a batch of pending entries into the log, and answers how many: with a full one there may be more. */
  async integrate(): Promise<number> {
    const { taken, from, placed, head } = await this.db.transaction(async (tx) => {
      await tx.query('select pg_advisory_xact_lock($1)', [SEQUENCER_LOCK]);
      const latest = await this.checkpoints.toContinue(tx);
      const frontier = new Frontier(latest?.size, latest && splitHashes(latest.peaks));
      const [from, waiting] = [frontier.size, await take(tx)];
      const placed = await this.fresh(tx, from, unique(waiting));
      await place(tx, frontier, placed);
      const isNews = !latest || placed.length > 0;
      const head = isNews ? await this.checkpoints.sign(tx, frontier) : undefined;
      return { taken: waiting.length, from, placed, head };
    });
    // What was rolled back is not there: it counts as seen once it is committed.
    this.seen.note(from, placed);
    if (head) this.checkpoints.announce(head);
    return taken;
  }

  /** Those that the log of `size` entries does not have. One may have been taken in again after it was sequenced. */
  private async fresh(tx: EntityManager, size: number, entries: readonly Buffer[]): Promise<readonly Buffer[]> {
    await this.learn(size, tx);
    const doubtful = this.seen.size < size ? entries : entries.filter((entry) => this.seen.mayHave(entry));
    if (doubtful.length === 0) return entries;
    const known = new Set((await this.log.find(doubtful, tx)).map(({ commitment }) => nameOf(commitment)));
    return entries.filter((entry) => !known.has(nameOf(entry)));
  }

  /** Learns what is in a long log after a start, beside the work. */
  private async catchUp(): Promise<void> {
    try {
      const size = (await this.checkpoints.latest())?.size ?? 0;
      while (!this.pacer.stopped && (await this.learn(size)));
    } catch (error) {
      this.logger.warn({ failure: (error as Error).message });
    }
  }

  /** Reads a page of entries that are not known yet; answers whether there were any. While some are missing, all is looked up. */
  private async learn(size: number, tx?: EntityManager): Promise<boolean> {
    const from = this.seen.size;
    if (from >= size) return false;
    const entries = await this.log.entries(from, Math.min(size, from + PAGE), tx);
    this.seen.note(from, entries);
    return entries.length > 0;
  }
}

/** At most this long after an entry came in it is looked for, also when another instance took it in and ended. */
const IDLE_MS = 1_000;
/** Between two checkpoints: a busy log signs at most two a second, over large batches; each costs all three jurisdictions work. */
const BATCH_MS = 500;
const BATCH = 10_000;
/** Entries read at once to know what the log has. */
const PAGE = 50_000;
/** One sequencer at a time per database, however many instances run. */
const SEQUENCER_LOCK = 4_110;

/** Takes up to a batch out of the line, in its order; only their bytes come here, to be hashed. */
const TAKE = `
  with taken as (
    delete from pending_entry
     where seq <= (select max(seq) from (select seq from pending_entry order by seq limit $1) first)
    returning seq, commitment
  )
  select coalesce(string_agg(commitment, '' order by seq), '') as bytes from taken`;

const PLACE = `
  insert into log_entry (index, commitment)
  select $1::bigint + i, substring($2::bytea from 32 * i + 1 for 32) from generate_series(0, $3::int - 1) i`;

const KEEP_HASHES = `
  insert into tile_hash (level, index, hash) select * from unnest($1::smallint[], $2::bigint[], $3::bytea[])`;

async function take(tx: EntityManager): Promise<Buffer[]> {
  const [taken] = await tx.query<[{ bytes: Buffer }]>(TAKE, [BATCH]);
  return splitHashes(taken.bytes);
}

/** Puts entries at the end of the log, with the hashes of the tiles that they complete. */
async function place(tx: EntityManager, frontier: Frontier, entries: readonly Buffer[]): Promise<void> {
  if (entries.length === 0) return;
  await tx.query(PLACE, [frontier.size, Buffer.concat(entries), entries.length]);
  const nodes = entries.flatMap((entry) => frontier.append(leafHash(entry)).filter(isTileHash));
  if (nodes.length === 0) return;
  await tx.query(KEEP_HASHES, [
    nodes.map(({ level }) => level / 8),
    nodes.map(({ index }) => index),
    nodes.map(({ hash }) => Buffer.from(hash)),
  ]);
}

/** Each commitment once, in their order. */
const unique = (entries: readonly Buffer[]): Buffer[] => [
  ...new Map(entries.map((entry) => [nameOf(entry), entry])).values(),
];

const nameOf = (entry: Buffer): string => entry.toString('latin1');

const isTileHash = ({ level }: Node): boolean => level > 0 && level % 8 === 0;
