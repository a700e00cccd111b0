import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Frontier, leafHash, type Node } from '@bayway/transparency';
import { DataSource, type EntityManager } from 'typeorm';
import { Pacer } from '../pacer.js';
import { CheckpointsService } from './checkpoints.service.js';
import { splitHashes } from './log.store.js';

/** Gives pending entries their place in the log and signs a checkpoint over them, in one transaction. */
@Injectable()
export class Sequencer implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('sequencer');
  private readonly pacer = new Pacer(IDLE_MS);
  private loop: Promise<void> | undefined;

  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(CheckpointsService) private readonly checkpoints: CheckpointsService,
  ) {}

  onApplicationBootstrap(): void {
    this.loop = this.run();
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
    const waiting: unknown[] = latest ? await this.db.query('select from pending_entry limit 1') : [];
    return !latest || waiting.length > 0 ? this.integrate() : 0;
  }

  /** Takes up to a batch of pending entries into the log, and answers how many: with a full one there may be more. */
  async integrate(): Promise<number> {
    const { taken, head } = await this.db.transaction(async (tx) => {
      await tx.query('select pg_advisory_xact_lock($1)', [SEQUENCER_LOCK]);
      const latest = await this.checkpoints.toContinue(tx);
      const frontier = new Frontier(latest?.size, latest && splitHashes(latest.peaks));
      const placed = await placeNext(tx, frontier);
      const isNews = !latest || frontier.size > latest.size;
      return { taken: placed.taken, head: isNews ? await this.checkpoints.sign(tx, frontier) : undefined };
    });
    if (head) this.checkpoints.announce(head);
    return taken;
  }
}

/** At most this long after an entry came in it is looked for, also when another instance took it in and ended. */
const IDLE_MS = 1_000;
/** Between two checkpoints: a busy log signs at most two a second, over large batches; each costs all three jurisdictions work. */
const BATCH_MS = 500;
const BATCH = 10_000;
/** One sequencer at a time per database, however many instances run. */
const SEQUENCER_LOCK = 4_110;

/**
 * Moves up to a batch of pending entries to the end of the log, inside PostgreSQL: only their bytes come here, to be
 * hashed. One that was taken in again after it was sequenced is in line a second time, and is passed over.
 */
const PLACE = `
  with taken as (
    delete from pending_entry where seq in (select seq from pending_entry order by seq limit $2)
    returning seq, commitment
  ), placed as (
    insert into log_entry (index, commitment)
    select $1::bigint - 1 + row_number() over (order by seq), commitment from taken t
     where not exists (select from log_entry l where l.commitment = t.commitment)
    returning index, commitment
  )
  select (select count(*)::int from taken) as taken,
         (select coalesce(string_agg(commitment, '' order by index), '') from placed) as bytes`;

type Placed = Readonly<{ taken: number; bytes: Buffer }>;

async function placeNext(tx: EntityManager, frontier: Frontier): Promise<Placed> {
  const [placed] = (await tx.query(PLACE, [frontier.size, BATCH])) as [Placed];
  const nodes = splitHashes(placed.bytes).flatMap((entry) => frontier.append(leafHash(entry)).filter(isTileHash));
  if (nodes.length > 0)
    await tx.query(
      `insert into tile_hash (level, index, hash)
       select * from unnest($1::smallint[], $2::bigint[], $3::bytea[])`,
      [
        nodes.map(({ level }) => level / 8),
        nodes.map(({ index }) => index),
        nodes.map(({ hash }) => Buffer.from(hash)),
      ],
    );
  return placed;
}

const isTileHash = ({ level }: Node): boolean => level > 0 && level % 8 === 0;
