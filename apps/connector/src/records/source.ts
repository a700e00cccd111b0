import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { DomainError } from '@bayway/contracts';
import { bayDay, type DataRange, type IdentityDocument, matchNumber } from '@bayway/domain';
import pg from 'pg';
import { CONNECTOR_FILE, type ConnectorFile, type Dataset, type Item } from '../settings/connector-file.js';
import { checkedRows, shaped, withinRange, withinRetention, type Row, type Said } from './rows.js';

const DAY_OID = 1082;
/** A `date` stays the text it is: a day has no time zone. */
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary'): unknown =>
    oid === DAY_OID ? (value: string) => value : pg.types.getTypeParser(oid, format),
};

/** The holder's own system: reads what the configuration says, changes nothing. */
@Injectable()
export class Source implements OnModuleDestroy {
  private readonly logger = new Logger('source');
  private readonly pool: pg.Pool;

  constructor(@Inject(CONNECTOR_FILE) private readonly file: ConnectorFile) {
    const { url, connections, statementTimeoutMs } = file.source;
    this.pool = new pg.Pool({
      connectionString: url,
      max: connections,
      statement_timeout: statementTimeoutMs,
      query_timeout: statementTimeoutMs + 1_000,
      connectionTimeoutMillis: 3_000,
      idleTimeoutMillis: 10_000,
      application_name: 'bayway-connector',
      types: types,
    });
    this.pool.on('error', (error) => this.logger.warn({ failure: error.name }));
  }

  async onModuleDestroy(): Promise<void> {
    await this.pool.end();
  }

  /**
   * Reads the wanted items of the record that the holder has under one of the documents: one snapshot, read only.
   * @param asked items, and of which days; no range: whatever is on file
   * @returns under which document it is kept, and item id → what is on file, checked against the configuration, of those
   * days and within retention
   * @throws DomainError `record-not-found`, `record-invalid`, `holder-unreachable`
   */
  async read(
    dataset: Dataset,
    { items: wanted, range }: { items: readonly string[]; range: DataRange | undefined },
    documents: readonly IdentityDocument[],
  ): Promise<Readonly<{ document: IdentityDocument; items: Record<string, Said> }>> {
    return this.snapshot(async (client) => {
      const document = await this.found(client, dataset, documents);
      if (!document) throw new DomainError('record-not-found');
      const asOf = bayDay(new Date());
      const items: Record<string, Said> = {};
      for (const id of wanted) {
        const item = itemOf(dataset, id);
        const rows = checkedRows(id, await this.query(client, item, document), item);
        items[id] = shaped(withinRange(withinRetention(rows, item, asOf), item, range), item);
      }
      return { document, items };
    });
  }

  private async found(
    client: pg.PoolClient,
    dataset: Dataset,
    documents: readonly IdentityDocument[],
  ): Promise<IdentityDocument | null> {
    const presence = { ...itemOf(dataset, dataset.presence), rows: 1 };
    for (const document of documents) {
      const rows = await this.query(client, presence, document);
      if (rows.length > 0) return document;
    }
    return null;
  }

  /** One row more than allowed is read, so that too many are noticed and no answer fills the memory. */
  private async query(client: pg.PoolClient, { sql, rows }: Item, document: IdentityDocument): Promise<Row[]> {
    const text = `select * from (${sql}) as item limit ${rows + 1}`;
    return (await client.query<Row>(text, [document.kind, matchNumber(document)])).rows;
  }

  private async snapshot<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await this.pool.connect().catch((error: unknown) => {
      throw this.problemOf(error);
    });
    try {
      await client.query('begin transaction isolation level repeatable read, read only');
      const result = await work(client);
      await client.query('commit');
      client.release();
      return result;
    } catch (error) {
      client.release(true);
      throw error instanceof DomainError ? error : this.problemOf(error);
    }
  }

  /** The text of a database error may quote what is in the database; only its code is logged. */
  private problemOf(error: unknown): DomainError {
    const { code = 'none', name } = error as { code?: string; name: string };
    this.logger.warn({ holder: this.file.holder, failure: name, code });
    return new DomainError(OF_THE_STATEMENT.test(code) ? 'record-invalid' : 'holder-unreachable');
  }
}

/** SQLSTATE classes that say the configured statement does not fit the holder's system: data, writing, syntax or access. */
const OF_THE_STATEMENT = /^(0A|22|25|42)/;

/** @throws DomainError `item-unknown` */
function itemOf(dataset: Dataset, id: string): Item {
  const item = (dataset.items as Record<string, Item | undefined>)[id];
  if (!item) throw new DomainError('item-unknown', { item: id });
  return item;
}
