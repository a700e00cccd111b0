import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { EntityManager, QueryRunner } from 'typeorm';
import { CONFIG, type ServiceConfig } from './config.js';
import { recordEvidence } from './evidence.js';
import { Transactions } from './transactions.js';

/** What names records about a consent that do not name the consent itself. */
export type RelatedIds = Readonly<{ requests: readonly string[]; flows: readonly string[] }>;

const TURN_MS = 60_000;
const BATCH = 100;
/** Ids in one attestation at most. */
const NAMED = 100;

/**
 * Years after a consent ended, a service that holds salts of records about it destroys them, and says so: the commitments
 * in the log then stand for nothing that anybody could find, while their proofs stay valid. Each holder counts the years itself, from the
 * end that it was told of.
 */
@Injectable()
export class SaltRetention implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('retention');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(CONFIG) private readonly config: ServiceConfig,
  ) {}

  onApplicationBootstrap(): void {
    const turn = (): void => {
      this.running = this.running
        .then(async () => void (await this.work()))
        .catch((error: unknown) => this.logger.warn({ failure: (error as Error).message }));
    };
    this.timer = setInterval(turn, TURN_MS);
    this.timer.unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** @returns of how many consents the salts were destroyed */
  async work(): Promise<number> {
    const due = await this.transactions.db.query<{ id: string }[]>(
      `select consent_id as id from salt_retention
        where destroyed_at is null and ended_at < now() - make_interval(years => $1) order by ended_at limit $2`,
      [this.config.RETENTION_YEARS, BATCH],
    );
    for (const { id } of due) await this.transactions.run((tx) => this.destroy(tx, id));
    return due.length;
  }

  /** What else the service's records about a consent are named by; a service whose records all name the consent has nothing to add. */
  protected related(_tx: EntityManager, _consentId: string): Promise<RelatedIds> {
    return Promise.resolve({ requests: [], flows: [] });
  }

  private async destroy(tx: EntityManager, ended: string): Promise<void> {
    const { requests, flows } = await this.related(tx, ended);
    const [row] = await tx.query<{ salts: number }[]>('select destroy_salts($1, $2, $3, $4) as salts', [
      ...[ended, this.config.RETENTION_YEARS, requests, flows],
    ]);
    const salts = row?.salts ?? 0;
    // Not under the names of what is erased: this record keeps its salt.
    await recordEvidence(tx, 'salts.destroyed', { ended, salts });
    for (const [kind, ids] of [
      ['requests', requests],
      ['flows', flows],
    ] as const)
      for (let from = 0; from < ids.length; from += NAMED)
        await recordEvidence(tx, 'salts.destroyed', { ended, [kind]: ids.slice(from, from + NAMED) });
    this.logger.log({ destroyed: salts, consentId: ended });
  }
}

/** Notes when a consent ended; a later end of the same consent counts from then. */
export const noteConsentEnd = async (tx: EntityManager, consentId: string, endedAt: string): Promise<void> => {
  await tx.query(
    `insert into salt_retention (consent_id, ended_at) values ($1, $2)
     on conflict (consent_id) do update set ended_at = excluded.ended_at where salt_retention.destroyed_at is null`,
    [consentId, endedAt],
  );
};

/** Tables and the one function by which a service that is not the consent service destroys salts. For its migrations. */
export async function createSaltRetention(runner: QueryRunner): Promise<void> {
  await runner.query(`
    create table salt_retention (
      consent_id uuid primary key,
      ended_at timestamptz not null,
      destroyed_at timestamptz
    );
    create index salt_retention_due on salt_retention (ended_at) where destroyed_at is null;

    -- The one way in which an evidence record changes: its salt goes, years after the consent ended that it is about.
    create function destroy_salts(consent uuid, years integer, requests text[], flows text[]) returns integer
      language plpgsql security definer set search_path = public, pg_temp as $$
    declare destroyed integer;
    begin
      update salt_retention r set destroyed_at = now()
       where r.consent_id = consent and r.destroyed_at is null and r.ended_at < now() - make_interval(years => years);
      if years < 7 or not found then
        raise exception 'salts of consent % are kept', consent;
      end if;
      update evidence_record set salt = null
       where salt is not null and (record->>'consentId' = consent::text
         or record->>'dataRequestId' = any(requests) or record->>'flowId' = any(flows));
      get diagnostics destroyed = row_count;
      return destroyed;
    end $$;
    revoke all on function destroy_salts from public;
    do $$ begin
      if exists (select 1 from pg_roles where rolname = current_database()) then
        execute format('grant execute on function destroy_salts to %I', current_database());
        execute format('revoke delete, truncate on salt_retention from %I', current_database());
      end if;
    end $$;
  `);
}

/** Undoes it. */
export const dropSaltRetention = (runner: QueryRunner): Promise<unknown> =>
  runner.query('drop function destroy_salts; drop table salt_retention');
