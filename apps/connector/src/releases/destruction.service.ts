import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { consentEnded, endAcknowledged, releaseReceipted } from '@bayway/contracts';
import { addToOutbox, afterCommit, inTransaction, OnFact, OutboxRelay, recordEvidence } from '@bayway/service';
import { DataSource, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import { STANDING, type Standing } from '../standing.js';
import { STAGING, type Staging } from './staging.js';

type Staged = Readonly<{ data_request_id: string; consent_id: string; file: string }>;
type Why = 'receipted' | 'consent-ended' | 'expired';

const SWEEP_MS = 20_000;

/** Destroys staged ciphertext: once receipted, when the consent ends, after fifteen minutes at the latest. */
@Injectable()
export class DestructionService implements OnApplicationBootstrap, OnModuleDestroy {
  @Inject(STANDING) private readonly standing!: Standing;
  @Inject(STAGING) private readonly staging!: Staging;
  @Inject(DataSource) private readonly db!: DataSource;
  @Inject(OutboxRelay) private readonly relay!: OutboxRelay;
  private readonly logger = new Logger('staging');
  private timer: NodeJS.Timeout | undefined;

  async onApplicationBootstrap(): Promise<void> {
    await this.staging.prepare();
    await this.sweep();
    this.timer = setInterval(() => void this.sweep().catch((error: unknown) => this.logger.warn(error)), SWEEP_MS);
    this.timer.unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** The consent ended: what is staged for it goes, nothing is staged any more, and the holder says so. */
  @OnFact(consentEnded)
  async ended(fact: z.infer<typeof consentEnded.data>, tx: EntityManager): Promise<void> {
    await tx.query('insert into ended_consent (consent_id, ended_at) values ($1, $2) on conflict do nothing', [
      fact.consentId,
      fact.at,
    ]);
    await this.destroyWhere(tx, 'consent_id = $1', { value: fact.consentId, why: 'consent-ended' });
    const data = { consentId: fact.consentId, by: 'holder' as const, at: new Date().toISOString() };
    await addToOutbox(tx, endAcknowledged, { aggregate: fact.consentId, data });
    afterCommit(tx, () => this.relay.nudge());
  }

  @OnFact(releaseReceipted)
  async receipted(fact: z.infer<typeof releaseReceipted.data>, tx: EntityManager): Promise<void> {
    await this.destroyWhere(tx, 'data_request_id = $1', { value: fact.dataRequestId, why: 'receipted' });
  }

  /** What has expired, and files that no row knows. */
  private async sweep(): Promise<void> {
    await inTransaction(this.db, (tx) =>
      this.destroyWhere(tx, 'available_until < $1', { value: new Date(), why: 'expired' }),
    );
    const rows: { file: string }[] = await this.db.query('select file from release where destroyed_at is null');
    const strays = await this.staging.destroyAllBut(new Set(rows.map(({ file }) => file)), STRAY_MS);
    if (strays > 0) this.logger.warn({ strays });
  }

  private async destroyWhere(
    tx: EntityManager,
    condition: string,
    { value, why }: { value: unknown; why: Why },
  ): Promise<void> {
    const [rows]: [Staged[], number] = await tx.query(
      `update release set destroyed_at = now() where destroyed_at is null and ${condition} returning data_request_id, consent_id, file`,
      [value],
    );
    for (const row of rows) {
      await this.staging.destroy(row.file);
      const facts = { dataRequestId: row.data_request_id, consentId: row.consent_id, holder: this.standing.holder };
      await recordEvidence(tx, 'release.destroyed', { ...facts, why });
    }
  }
}

/** A file this old without a row was left by a stop; a younger one may belong to a release under way. */
const STRAY_MS = 60_000;
