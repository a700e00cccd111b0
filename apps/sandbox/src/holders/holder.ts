import { matchNumber, type DocumentKind, type IdentityDocument } from '@bayway/domain';
import type { Person } from '../population/person.js';
import type { Population } from '../population/population.js';

/** A holder of records as the outside world has it: a database of its own, and what is in it. */
export type Holder = Readonly<{
  /** Statements that make its schemas, tables and views. */
  schema: string;
  /** What its connector's login may read, qualified. */
  views: readonly string[];
  /**
   * Rows by qualified table, in the order in which they can be inserted. The same population and day give the same rows.
   * @param asOf `YYYY-MM-DD`; histories end with the month before
   */
  draw: (population: Population, asOf: string) => Readonly<Record<string, readonly object[]>>;
}>;

/** Columns of a table with their types in PostgreSQL. Days, months and amounts are text, as holders pass them on. */
type Columns = Readonly<Record<string, 'text' | 'integer'>>;
type Row = Readonly<Record<string, string | number | null>>;

/** What a holder of one dataset has about one subject: rows by item. */
export type Draft<I extends string> = Readonly<Record<I, readonly Row[]>>;

/** A subject of whom a record is drawn, under the document that the holder registered. */
export type Subject = Readonly<{ key: string; name: string; latin: string; document: IdentityDocument }>;

/**
 * A holder of one dataset: a table per item, looked up by kind and match number of a document, as its connector does.
 * @param dataset id of the dataset; with `_` for `-` also the schema
 */
export function recordHolder<I extends string>(
  dataset: string,
  items: Readonly<Record<I, Columns>>,
  of: { subjects: (population: Population) => Subject[]; draw: (subject: Subject, asOf: string) => Draft<I> },
): Holder {
  const table = (item: string) => `${dataset.replaceAll('-', '_')}.${item.replaceAll('-', '_')}`;
  const ids = Object.keys(items) as I[];
  const tableOf = (item: I) => {
    const columns = Object.entries<string>(items[item]).map(([name, type]) => `${name} ${type}`);
    return `create table ${table(item)} (document_kind text not null, document_number text not null, ${columns.join(', ')});
create index on ${table(item)} (document_kind, document_number);`;
  };
  return {
    schema: `create schema ${dataset.replaceAll('-', '_')};\n${ids.map(tableOf).join('\n')}`,
    views: ids.map(table),
    draw: (population, asOf) => {
      const drafts = of.subjects(population).map((subject) => [subject.document, of.draw(subject, asOf)] as const);
      const rowsOf = (item: I) =>
        drafts.flatMap(([document, draft]) =>
          draft[item].map((row) => ({
            document_kind: document.kind,
            document_number: matchNumber(document),
            ...row,
          })),
        );
      return Object.fromEntries(ids.map((item) => [table(item), rowsOf(item)]));
    },
  };
}

/** A person as a holder knows her by a document of one of these kinds, or null when she has none. */
export function knownBy({ login, name, documents }: Person, kinds: readonly DocumentKind[]): Subject | null {
  const document = documents.find(({ kind }) => kinds.includes(kind));
  return document ? { key: login, name: name.zh ?? name.latin, latin: name.latin, document } : null;
}
