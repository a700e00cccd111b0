import { createHash } from 'node:crypto';
import pg from 'pg';

/** Text of a statement → the name it is prepared under. */
const names = new Map<string, string>();
/** Texts of statements whose outcome nobody waits for. */
const trailing = new Set<string>();

/**
 * Has a statement prepared once per connection, so that PostgreSQL parses and plans it once: for those of hot paths.
 * The text must be fixed, its values parameters; every text stays prepared as long as its connection lives.
 */
export function prepared(sql: string): string {
  names.set(sql, createHash('sha256').update(sql).digest('base64url'));
  return sql;
}

/**
 * Declares a prepared statement that only writes and whose outcome nobody waits for: within a transaction it is sent with
 * the statement after it, at the latest with the commit, which fails when it fails. It answers no rows.
 */
export function trails(sql: string): string {
  trailing.add(sql);
  return prepared(sql);
}

type Query = Readonly<{ text: string; name?: string; values?: unknown[] }>;

/**
 * The driver's client, with fewer round trips: statements that were declared are sent under their names, and what nobody
 * waits for (a transaction's begin, what trails) goes out with the statement after it, in one write.
 */
export class PreparingClient extends pg.Client {
  /** What waits for the next statement of the open transaction. */
  private held: Query[] = [];
  private transaction: 'none' | 'begun' | 'sent' = 'none';

  constructor(config: pg.ClientConfig) {
    super({ ...config, pipeline: true });
  }

  // `never` fits what each of the overloads answers.
  override query(...[statement, ...rest]: unknown[]): never {
    const send = super.query.bind(this) as unknown as (...all: unknown[]) => never;
    if (typeof statement !== 'string') return send(statement, ...rest);
    if (statement === BEGIN) this.transaction = 'begun';
    const name = names.get(statement);
    if (this.transaction === 'none') return send(name === undefined ? statement : { name, text: statement }, ...rest);
    const values = rest[0] as unknown[] | undefined;
    return this.within({ text: statement, ...(name ? { name } : {}), ...(values ? { values } : {}) }) as never;
  }

  private within(query: Query): Promise<unknown> {
    const { text } = query;
    if (text === BEGIN || trailing.has(text)) {
      this.held.push(query);
      return Promise.resolve(unasked());
    }
    // What was held belongs to what is undone.
    if (text.startsWith(ROLLBACK)) this.held = [];
    const isNothing = this.transaction === 'begun' && this.held.length <= 1 && ENDS.includes(text);
    this.transaction = ENDS.includes(text) ? 'none' : 'sent';
    const held = this.held.splice(0);
    return isNothing ? Promise.resolve(unasked()) : this.send([...held, query]);
  }

  /** @returns what the last one answers, once all before it have succeeded */
  private async send(queries: readonly Query[]): Promise<unknown> {
    const { stream } = this.connection;
    stream.cork();
    const answers = queries.map((query) => super.query(query));
    stream.uncork();
    return (await Promise.all(answers)).at(-1);
  }
}

/** As TypeORM writes them. */
const BEGIN = 'START TRANSACTION';
const ROLLBACK = 'ROLLBACK';
const ENDS = ['COMMIT', ROLLBACK];

const unasked = (): unknown => ({ command: '', rowCount: null, rows: [], fields: [] });
