import { Inject, Injectable } from '@nestjs/common';
import { DomainError, logOrigin } from '@bayway/contracts';
import { prepared } from '@bayway/service';
import { formatHash, type Frontier, signCheckpoint, type TreeHead } from '@bayway/transparency';
import { DataSource, type EntityManager } from 'typeorm';
import { AlarmsService } from '../alarms/alarms.service.js';
import { LogKeys } from './log-keys.js';

/** A signed checkpoint of this log, with the cosignature lines that came in so far. */
export type StoredCheckpoint = Readonly<{
  size: number;
  root: Buffer;
  peaks: Buffer;
  /** The note as the log signed it. */
  note: string;
  signedAt: Date;
  cosignatures: readonly Readonly<{ witness: string; line: string; at: Date }>[];
}>;

type Row = Readonly<{ size: string; root: Buffer; peaks: Buffer; note: string; signed_at: Date; lines: Line[] | null }>;
type Line = Readonly<{ witness: string; line: string; at: string }>;

const SELECT = `
  select c.size, c.root, c.peaks, c.note, c.signed_at,
         (select json_agg(json_build_object('witness', s.witness, 'line', s.line, 'at', s.cosigned_at) order by s.witness)
            from cosignature s where s.size = c.size) as lines
    from checkpoint c`;

const LATEST = prepared(`${SELECT} order by c.size desc limit 1`);

const WITNESSED = prepared(`${SELECT}
   where c.size > $1 and (select count(*) from cosignature s where s.size = c.size) >= $2 order by c.size limit 1`);

/** The checkpoints this log has signed and what witnesses added. */
@Injectable()
export class CheckpointsService {
  private readonly listeners: (() => void)[] = [];

  private signed: TreeHead | undefined;

  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(LogKeys) private readonly keys: LogKeys,
    @Inject(AlarmsService) private readonly alarms: AlarmsService,
  ) {}

  /** Calls back when this instance has committed a checkpoint. */
  onNew(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Says that a checkpoint was committed. */
  announce(head: TreeHead): void {
    this.signed = head;
    for (const listener of this.listeners) listener();
  }

  /** The largest, or `undefined` before the first. */
  latest(tx: EntityManager = this.db.manager): Promise<StoredCheckpoint | undefined> {
    return this.first(tx, LATEST, []);
  }

  /** The smallest that covers entry `index` and at least `witnesses` witnesses cosigned. */
  witnessed(index: number, witnesses: number): Promise<StoredCheckpoint | undefined> {
    return this.first(this.db.manager, WITNESSED, [index, witnesses]);
  }

  /** The largest that this witness cosigned. */
  cosignedBy(witness: string): Promise<StoredCheckpoint | undefined> {
    const sql = `${SELECT} where c.size = (select max(size) from cosignature where witness = $1)`;
    return this.first(this.db.manager, sql, [witness]);
  }

  /** Up to `limit` checkpoints above `size`, smallest first. */
  async after(size: number, limit: number): Promise<StoredCheckpoint[]> {
    const rows: Row[] = await this.db.query(`${SELECT} where c.size > $1 order by c.size limit $2`, [size, limit]);
    return rows.map(toCheckpoint);
  }

  /**
   * The largest, to continue from. What this process signed before must still be there: signing on from less would be a
   * fork, so it signs nothing more and raises an alarm.
   *
   * @throws DomainError `checkpoint-stale`
   */
  async toContinue(tx: EntityManager): Promise<StoredCheckpoint | undefined> {
    const latest = await this.latest(tx);
    const { signed } = this;
    if (!signed || (latest && continues(latest, signed))) return latest;
    await this.alarms.raise('log-rolled-back', logOrigin(this.keys.mine), `${signed.size} ${formatHash(signed.root)}`);
    throw new DomainError('checkpoint-stale');
  }

  /** Signs and writes a checkpoint; a second one of a size fails. Say it with `announce` after the commit. */
  async sign(tx: EntityManager, frontier: Frontier): Promise<TreeHead> {
    const head = { origin: logOrigin(this.keys.mine), size: frontier.size, root: frontier.root() };
    const note = await signCheckpoint(head, await this.keys.log());
    await tx.query('insert into checkpoint (size, root, peaks, note) values ($1, $2, $3, $4)', [
      head.size,
      head.root,
      Buffer.concat(frontier.peaks),
      note,
    ]);
    return head;
  }

  /** Writes a witness's cosignature; the first one for a size stays. */
  async addCosignature(size: number, cosignature: { witness: string; line: string; at: Date }): Promise<void> {
    const { witness, line, at } = cosignature;
    await this.db.query(
      'insert into cosignature (size, witness, line, cosigned_at) values ($1, $2, $3, $4) on conflict do nothing',
      [size, witness, line, at],
    );
  }

  private async first(tx: EntityManager, sql: string, parameters: unknown[]): Promise<StoredCheckpoint | undefined> {
    const rows: Row[] = await tx.query(sql, parameters);
    return rows[0] && toCheckpoint(rows[0]);
  }
}

const continues = (latest: StoredCheckpoint, signed: TreeHead): boolean =>
  latest.size > signed.size || (latest.size === signed.size && latest.root.equals(signed.root));

const toCheckpoint = ({ size, root, peaks, note, signed_at, lines }: Row): StoredCheckpoint => ({
  size: Number(size),
  root,
  peaks,
  note,
  signedAt: signed_at,
  cosignatures: (lines ?? []).map(({ witness, line, at }) => ({ witness, line, at: new Date(at) })),
});

/** The note with all its cosignatures, as it is published. */
export const publishedNote = ({ note, cosignatures }: StoredCheckpoint): string =>
  note + cosignatures.map(({ line }) => line).join('');
