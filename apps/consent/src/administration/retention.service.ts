import { Inject, Injectable, Logger } from '@nestjs/common';
import { CONFIG, recordEvidence, Transactions } from '@bayway/service';
import type { EntityManager } from 'typeorm';
import type { ConsentConfig } from '../config.js';
import { Worker } from '../worker.js';

const BATCH = 100;

/**
 * Years after a consent ended, the salts of its evidence are destroyed (here; every other holder does the same, `SaltRetention`): commitments in the log then stand for nothing that
 * anybody could find. The consent itself stays: DESIGN section 6 keeps what both sides need to answer for it.
 */
@Injectable()
export class RetentionService extends Worker {
  private readonly log = new Logger('retention');

  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(CONFIG) private readonly config: ConsentConfig,
  ) {
    super('retention', 60_000);
  }

  /** @returns how many consents' salts were destroyed */
  async work(): Promise<number> {
    const years = this.config.RETENTION_YEARS;
    const due = await this.transactions.run((tx) => findDue(tx, years));
    for (const id of due) await this.transactions.run((tx) => this.destroy(tx, id, years));
    return due.length;
  }

  private async destroy(tx: EntityManager, consentId: string, years: number): Promise<void> {
    const [row] = await tx.query<{ salts: number }[]>('select destroy_salts($1, $2) as salts', [consentId, years]);
    const salts = row?.salts ?? 0;
    await tx.query('insert into retention (consent_id, salts, at) values ($1, $2, $3)', [consentId, salts, new Date()]);
    // Not under the consent's own name: this record keeps its salt.
    const [ask] = await tx.query<{ id: string }[]>('select ask_id as id from consent where id = $1', [consentId]);
    await recordEvidence(tx, 'salts.destroyed', { ended: consentId, salts, asks: ask ? [ask.id] : [] });
    this.log.log({ destroyed: salts, consentId });
  }
}

async function findDue(tx: EntityManager, years: number): Promise<string[]> {
  const rows = await tx.query<{ id: string }[]>(
    `select c.id from consent c
      where c.ended_at < now() - make_interval(years => $1)
        and not exists (select 1 from retention r where r.consent_id = c.id)
      order by c.ended_at limit $2`,
    [years, BATCH],
  );
  return rows.map(({ id }) => id);
}
