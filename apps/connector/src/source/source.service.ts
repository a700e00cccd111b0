import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { DomainError } from '@bayway/contracts';
import { matchNumber, type IdentityDocument } from '@bayway/domain';
import { Pool } from 'pg';
import type { ConnectorFile } from '../config.js';
import { shapeItem, type Row } from './shape.js';

export const CONNECTOR = Symbol('connector');
export type Items = Readonly<Record<string, unknown>>;
export type Wanted = Readonly<{
  dataset: string;
  items: readonly string[];
  documents: readonly IdentityDocument[];
  today: string;
}>;

/** Reads the holder's own system, as its configuration says. What is read stays in memory. */
@Injectable()
export class Source implements OnModuleDestroy {
  private readonly logger = new Logger('source');
  private readonly pool: Pool;

  constructor(@Inject(CONNECTOR) private readonly file: ConnectorFile) {
    const { url, statementTimeoutMs } = file.source;
    this.pool = new Pool({
      connectionString: url,
      max: 2,
      idleTimeoutMillis: 30_000,
      connectionTimeoutMillis: 3_000,
      statement_timeout: statementTimeoutMs,
      options: '-c default_transaction_read_only=on',
    });
    this.pool.on('error', (error) => this.logger.warn({ failure: error.name }));
  }

  /**
   * Reads the items of one subject, by the first of the documents under which the holder knows it.
   * @throws DomainError `dataset-unknown`, `item-unknown`, `record-not-found`, `record-invalid`, `holder-unreachable`
   */
  async read({ dataset, items, documents, today }: Wanted): Promise<Items> {
    const offered = this.file.datasets[dataset as keyof ConnectorFile['datasets']];
    if (!offered) throw new DomainError('dataset-unknown');
    const sources = items.map((item) => {
      const source = offered.items[item as keyof typeof offered.items];
      if (!source) throw new DomainError('item-unknown', { item });
      return [item, source] as const;
    });
    const presence = offered.items[offered.presence];
    for (const document of documents) {
      const known = presence ? await this.query(presence.sql, document) : [];
      if (known.length === 0) continue;
      const read = sources.map(
        async ([item, source]) => [item, shapeItem(await this.query(source.sql, document), source, today)] as const,
      );
      return Object.fromEntries(await Promise.all(read));
    }
    throw new DomainError('record-not-found');
  }

  private async query(sql: string, document: IdentityDocument): Promise<Row[]> {
    try {
      const { rows } = await this.pool.query<Row>(sql, [document.kind, matchNumber(document)]);
      return rows;
    } catch (error) {
      // The driver's message may quote values: only its code goes on.
      this.logger.warn({ failure: (error as { code?: string }).code ?? (error as Error).name });
      throw new DomainError('holder-unreachable');
    }
  }

  async onModuleDestroy(): Promise<void> {
    await this.pool.end();
  }
}
