import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Frontier, leafHash, type Node } from '@bayway/transparency';
import { DataSource, type EntityManager } from 'typeorm';
import { Pacer } from '../pacer.js';
import { CheckpointsService } from './checkpoints.service.js';
import { splitHashes } from './log.store.js';

type Pending = Readonly<{ seq: string; commitment: Buffer }>;

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

  /** Looks for pending entries soon: their transaction is about to commit. */
  nudge(): void {
    this.pacer.wake();
  }

  private async run(): Promise<void> {
    while (!this.pacer.stopped) {
      const more = await this.integrate().catch((error: unknown) => {
        this.logger.warn({ failure: (error as Error).message });
        return false;
      });
      if (more) await this.pacer.pause(BATCH_MS);
      else await this.pacer.idle();
    }
  }

  /** Takes up to a batch of pending entries into the log. Answers whether a checkpoint was signed. */
  async integrate(): Promise<boolean> {
    const signed = await this.db.transaction(async (tx) => {
      await tx.query('select pg_advisory_xact_lock($1)', [SEQUENCER_LOCK]);
      const latest = await this.checkpoints.toContinue(tx);
      const fresh = await takePending(tx);
      if (latest && fresh.length === 0) return undefined;
      const frontier = new Frontier(latest?.size, latest && splitHashes(latest.peaks));
      await appendEntries(tx, frontier, fresh);
      return this.checkpoints.sign(tx, frontier);
    });
    if (signed) this.checkpoints.announce(signed);
    return signed !== undefined;
  }
}

/** At most this long after an entry came in it is looked for, also when no nudge arrived. */
const IDLE_MS = 200;
/** Between two checkpoints, so that a busy log signs a few a second over large batches. */
const BATCH_MS = 100;
const BATCH = 5_000;
/** One sequencer at a time per database, however many instances run. */
const SEQUENCER_LOCK = 4_110;

async function takePending(tx: EntityManager): Promise<Buffer[]> {
  const [rows] = (await tx.query(
    `delete from pending_entry where seq in (select seq from pending_entry order by seq limit $1)
     returning seq, commitment`,
    [BATCH],
  )) as [Pending[], number];
  const ordered = rows.sort((a, b) => Number(a.seq) - Number(b.seq)).map(({ commitment }) => commitment);
  // One that was taken in again while it was being sequenced is in line a second time.
  const known: { commitment: Buffer }[] = await tx.query(
    'select commitment from log_entry where commitment = any($1::bytea[])',
    [ordered],
  );
  const logged = new Set(known.map(({ commitment }) => commitment.toString('hex')));
  return ordered.filter((commitment) => !logged.has(commitment.toString('hex')));
}

async function appendEntries(tx: EntityManager, frontier: Frontier, commitments: readonly Buffer[]): Promise<void> {
  const first = frontier.size;
  const nodes = commitments.flatMap((commitment) => frontier.append(leafHash(commitment)).filter(isTileHash));
  await tx.query('insert into log_entry (index, commitment) select * from unnest($1::bigint[], $2::bytea[])', [
    commitments.map((_, i) => first + i),
    commitments,
  ]);
  await tx.query(
    'insert into tile_hash (level, index, hash) select * from unnest($1::smallint[], $2::bigint[], $3::bytea[])',
    [nodes.map(({ level }) => level / 8), nodes.map(({ index }) => index), nodes.map(({ hash }) => Buffer.from(hash))],
  );
}

const isTileHash = ({ level }: Node): boolean => level > 0 && level % 8 === 0;
