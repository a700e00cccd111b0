import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';

const EVERY_MS = 60_000;
const BATCH = 1_000;

/** A used pushed request must stay known for as long as an interaction that began with it can go on. */
const TABLES: Readonly<Record<string, string>> = {
  oidc_artifact: '2 hours',
  data_flow: '0 seconds',
  upstream_trip: '0 seconds',
  sign_in: '0 seconds',
  device: '0 seconds',
};

/** Half a year without a single use: an app that was tried once, or given up. */
const UNUSED_APPS = `
  with gone as (
    delete from oauth_client where id = any (array(
      select id from oauth_client where last_used_on < current_date - 183 limit ${BATCH} for update skip locked))
    returning id)
  delete from oidc_artifact a using gone
   where a.model = 'RegistrationAccessToken' and a.payload ->> 'clientId' = gone.id`;

/** Removes what has expired, in batches, so that no table grows without bound. */
@Injectable()
export class Sweeper implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('sweeper');
  private timer: NodeJS.Timeout | undefined;

  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  onModuleInit(): void {
    this.timer = setInterval(() => void this.sweep(), EVERY_MS);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** @returns how many rows went */
  async sweep(): Promise<number> {
    let gone = 0;
    try {
      for (const [table, kept] of Object.entries(TABLES)) gone += await this.sweepTable(table, kept);
      await this.db.query(UNUSED_APPS);
    } catch (error) {
      this.logger.warn({ failure: (error as Error).message });
    }
    return gone;
  }

  private async sweepTable(table: string, kept: string): Promise<number> {
    const sql = `delete from ${table} where ctid = any (array(
      select ctid from ${table} where expires_at < now() - interval '${kept}' limit ${BATCH} for update skip locked))`;
    for (let gone = 0; ;) {
      const [, batch] = await this.db.query<[unknown, number]>(sql);
      gone += batch;
      if (batch < BATCH) return gone;
    }
  }
}
