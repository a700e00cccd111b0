import { readFile } from 'node:fs/promises';
import { DatasetId, ItemId, ParticipantId } from '@bayway/domain';
import { SettingError } from '@bayway/service';
import jsonata from 'jsonata';
import { parse } from 'yaml';
import { z } from 'zod';

/** A column's type; with `?` it may be null. Days are `YYYY-MM-DD`, months `YYYY-MM`. */
const ColumnType = z
  .string()
  .max(10)
  .regex(/^(text|integer|number|boolean|date|month)\??$/);
const ColumnName = z
  .string()
  .max(60)
  .regex(/^[a-z][a-z0-9_]*$/);

/** One statement with two parameters: `$1` the kind of a document, `$2` the number by which the holder finds it. */
const Statement = z
  .string()
  .max(4_000)
  .refine((sql) => /^\s*(select|with)\s/i.test(sql), 'is not a query')
  .refine((sql) => !sql.includes(';'), 'is more than one statement')
  .refine((sql) => sql.includes('$1') && sql.includes('$2'), 'does not look up by `$1` and `$2`');

/** A path under the source's base; `{kind}` and `{number}` are filled in, encoded. */
const Path = z
  .string()
  .max(500)
  .regex(/^\/[^\s]*$/)
  .refine((path) => path.includes('{number}'), 'does not look up by `{number}`');

const Item = z
  .strictObject({
    /** From a database. */
    sql: Statement.optional(),
    /** From an HTTP source: what is asked for, and how its JSON becomes rows (JSONata). */
    get: Path.optional(),
    map: z.string().max(4_000).refine(isExpression, 'is no JSONata expression').optional(),
    /** Every column of the answer, and no other. */
    columns: z.record(ColumnName, ColumnType),
    /** Most rows of the item; more is a broken answer. With 1 the record holds the row itself, otherwise a list. */
    rows: z.int().min(1).max(10_000).default(1_000),
    /** Rows whose day lies more than so many years back are not passed on (CRIR 16, PIPL 19). */
    keep: z.strictObject({ column: ColumnName, years: z.int().min(1).max(100) }).optional(),
    /**
     * Of which days a row is: one day or month (`from`), or all from one to another (`to`; null there: up to now). Where
     * she allowed some days only, other rows are not passed on. Absent: the item is of no time, as a name is.
     */
    dated: z.strictObject({ from: ColumnName, to: ColumnName.optional() }).optional(),
  })
  .refine(
    ({ sql, get, map }) => (sql === undefined) !== (get === undefined) && (get === undefined) === (map === undefined),
    'has neither `sql` nor `get` with `map`, or both',
  )
  .refine(
    ({ dated, columns }) =>
      !dated || [dated.from, dated.to ?? dated.from].every((column) => /^(date|month)/.test(columns[column] ?? '')),
    'is dated by a column that is neither date nor month',
  )
  .refine(
    (item) => !item.keep || item.columns[item.keep.column]?.startsWith('date'),
    'keeps by a column that is no date',
  );
export type Item = z.infer<typeof Item>;

/** A question that is answered here, so that the record need not leave. Its thresholds stand in this file and nowhere else. */
const Answer = z.strictObject({
  /** Items that it is drawn from: read for it, within their retention, and forgotten once it is answered. */
  of: z.array(ItemId).min(1).max(10),
  /** JSONata over those items by their ids, with `$asOf` and `$monthsBefore(n)`, both days. */
  expression: z.string().max(1_000).refine(isExpression, 'is no JSONata expression'),
  /** Ascending bounds: then the expression gives a number, and the answer is the range that it lies in. Absent: true or false. */
  ranges: z
    .array(z.number())
    .min(1)
    .max(20)
    .refine((bounds) => bounds.every((bound, i) => i === 0 || bound > Number(bounds[i - 1])), 'does not ascend')
    .optional(),
});
export type Answer = z.infer<typeof Answer>;

/** How much one recipient may be told about one person within some days, so that answers do not add up to the record. */
const AnswerLimit = z.strictObject({
  /** Different answers. */
  different: z.int().min(1).max(50).default(3),
  /** The same answer so many times. */
  times: z.int().min(1).max(20).default(1),
  days: z.int().min(1).max(366).default(90),
});
export type AnswerLimit = z.infer<typeof AnswerLimit>;

const Dataset = z
  .strictObject({
    /** The item that has a row for everybody of whom the holder has a record. */
    presence: ItemId,
    items: z.record(ItemId, Item),
    /** What may be asked in mode `answer`. */
    answers: z.record(ItemId, Answer).default({}),
    answerLimit: AnswerLimit.prefault({}),
  })
  .refine(({ presence, items }) => presence in items, 'names no item of its own as presence')
  .refine(
    ({ items, answers }) =>
      Object.entries(answers).every(([id, { of }]) => !(id in items) && of.every((item) => item in items)),
    'has an answer that is called like an item or drawn from an unknown one',
  );
export type Dataset = z.infer<typeof Dataset>;

/** A system that answers JSON over HTTP: over TLS, or on the same machine. */
const HttpSource = z.strictObject({
  /** Base address, without a slash at the end. */
  http: z
    .url({ protocol: /^https?$/ })
    .max(300)
    .refine((url) => isPrivateWay(url), 'is neither over TLS nor on this machine'),
  /** OAuth client (RFC 6749 section 4.4), when the system asks for a token. */
  oauth: z
    .strictObject({
      token: z
        .url({ protocol: /^https?$/ })
        .max(300)
        .refine((url) => isPrivateWay(url), 'is neither over TLS nor on this machine'),
      clientId: z.string().min(1).max(200),
      /** File with the secret and nothing else. */
      secretFile: z.string().min(1).max(500),
      scope: z.string().max(500).optional(),
    })
    .optional(),
  timeoutMs: z.int().min(100).max(10_000).default(3_000),
  /** Bytes of the largest answer. */
  answerBytes: z.int().min(1_000).max(16_000_000).default(4_000_000),
});
export type HttpSource = z.infer<typeof HttpSource>;

/** The whole CONNECTOR_FILE. */
export const ConnectorFile = z
  .strictObject({
    holder: ParticipantId,
    source: z.union([
      z.strictObject({
        /** A PostgreSQL login that can read the named views and nothing else. */
        url: z
          .url()
          .max(500)
          .refine((url) => /^postgres(ql)?:/.test(url), 'is not a PostgreSQL address'),
        connections: z.int().min(1).max(20).default(2),
        statementTimeoutMs: z.int().min(100).max(10_000).default(3_000),
      }),
      HttpSource,
    ]),
    /** Bytes of the largest record, as JSON. */
    recordBytes: z.int().min(1_000).max(8_000_000).default(1_000_000),
    datasets: z.record(DatasetId, Dataset),
  })
  .refine(
    ({ source, datasets }) =>
      Object.values(datasets).every(({ items }) =>
        Object.values(items).every(({ sql }) => (sql === undefined) === 'http' in source),
      ),
    'has items that its source does not serve',
  );
export type ConnectorFile = z.infer<typeof ConnectorFile>;

/** Injection token of the parsed CONNECTOR_FILE. */
export const CONNECTOR_FILE = Symbol('connector-file');

/**
 * Reads and checks a connector's file.
 * @throws SettingError naming the place in the file, never a value
 */
export async function readConnectorFile(path: string): Promise<ConnectorFile> {
  const parsed = ConnectorFile.safeParse(await yaml(path));
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.slice(0, 10);
  throw new SettingError(issues.map((issue) => `CONNECTOR_FILE: #/${issue.path.join('/')}: ${issue.message}`));
}

async function yaml(path: string): Promise<unknown> {
  try {
    return parse(await readFile(path, 'utf8'), { maxAliasCount: 0 });
  } catch {
    throw new SettingError(['CONNECTOR_FILE: cannot be read as YAML']);
  }
}

function isExpression(text: string): boolean {
  try {
    jsonata(text);
    return true;
  } catch {
    return false;
  }
}

function isPrivateWay(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}
