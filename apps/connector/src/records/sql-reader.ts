import { Logger } from '@nestjs/common';
import { DomainError } from '@bayway/contracts';
import { matchNumber } from '@bayway/domain';
import pg from 'pg';
import type { Query, Reader } from './reader.js';
import type { Row } from './rows.js';

const DAY_OID = 1082;
/** A `date` stays the text it is: a day has no time zone. */
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary'): unknown =>
    oid === DAY_OID ? (value: string) => value : pg.types.getTypeParser(oid, format),
};

/** Reads a PostgreSQL database in read-only snapshots. */
export class SqlReader implements Reader {
  private readonly logger = new Logger('source');
  private readonly pool: pg.Pool;

  constructor(
    source: { url: string; connections: number; statementTimeoutMs: number },
    private readonly holder: string,
  ) {
    const { url, connections, statementTimeoutMs } = source;
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

  async close(): Promise<void> {
    await this.pool.end();
  }

  async within<T>(work: (query: Query) => Promise<T>): Promise<T> {
    return this.snapshot((client) => work((item, document) => this.query(client, item, document)));
  }

  /** One row more than allowed is read, so that too many are noticed and no answer fills the memory. */
  private async query(
    client: pg.PoolClient,
    { sql = '', rows }: Parameters<Query>[0],
    document: Parameters<Query>[1],
  ): Promise<Row[]> {
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
    this.logger.warn({ holder: this.holder, failure: name, code });
    return new DomainError(OF_THE_STATEMENT.test(code) ? 'record-invalid' : 'holder-unreachable');
  }
}

/** SQLSTATE classes that say the configured statement does not fit the holder's system: data, writing, syntax or access. */
const OF_THE_STATEMENT = /^(0A|22|25|42)/;
