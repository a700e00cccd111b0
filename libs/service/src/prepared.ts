import { createHash } from 'node:crypto';
import pg from 'pg';

/** Text of a statement → the name it is prepared under. */
const names = new Map<string, string>();

/**
 * Has a statement prepared once per connection, so that PostgreSQL parses and plans it once: for those of hot paths.
 * The text must be fixed, its values parameters; every text stays prepared as long as its connection lives.
 */
export function prepared(sql: string): string {
  names.set(sql, createHash('sha256').update(sql).digest('base64url'));
  return sql;
}

/** The driver's client; it sends statements that were declared by `prepared` under their names. */
export class PreparingClient extends pg.Client {
  // `never` fits what each of the overloads answers.
  override query(...[statement, ...rest]: unknown[]): never {
    const name = typeof statement === 'string' ? names.get(statement) : undefined;
    const query = super.query.bind(this) as unknown as (...all: unknown[]) => never;
    return query(name === undefined ? statement : { name, text: statement }, ...rest);
  }
}
