import { readFileSync } from 'node:fs';
import { DatasetId, ItemId, ParticipantId } from '@bayway/domain';
import { ServiceConfig, SettingError } from '@bayway/service';
import { parse } from 'yaml';
import { z } from 'zod';

const Path = z.string().min(1).max(500);

/** Settings of a connector. */
export const ConnectorConfig = ServiceConfig.extend({
  /** What to read and where: `connector.yaml`. */
  CONNECTOR_FILE: Path,
  /** Folder for staged ciphertext; nothing else is ever written there. */
  STAGING_DIR: Path,
  /** Folder with the holder's own signing key, and the key-encryption key that opens it. */
  HOLDER_KEYS_DIR: Path,
  HOLDER_KEK: ServiceConfig.shape.KEK,
});
export type ConnectorConfig = z.infer<typeof ConnectorConfig>;

/** Types of a column: what does not fit is a record of another shape, and is not released. `?` may be null. */
export const ColumnType = z.enum(['text', 'text?', 'integer', 'integer?', 'date', 'date?', 'boolean', 'boolean?']);
export type ColumnType = z.infer<typeof ColumnType>;

/** How one item is read. */
export const ItemSource = z.strictObject({
  /** One SELECT; `$1` is the kind of document, `$2` the part of its number that stays with its holder. */
  sql: z
    .string()
    .max(2_000)
    .regex(/^\s*select\s/i, 'is not a SELECT'),
  /** Rows at most; one row is an object, more are a list. */
  rows: z.int().min(1).max(10_000).default(1_000),
  columns: z.record(z.string().regex(/^[a-z][a-z0-9_]{0,62}$/), ColumnType),
  /** A row is left out once this day lies more than so many years back: Regulation on Credit Reporting article 16. */
  keep: z.strictObject({ column: z.string().max(63), years: z.int().min(1).max(100) }).optional(),
});
export type ItemSource = z.infer<typeof ItemSource>;

/** `connector.yaml`. */
export const ConnectorFile = z.strictObject({
  holder: ParticipantId,
  source: z.strictObject({
    /** A login of the holder's own PostgreSQL that may read, and nothing else. */
    url: z.url().max(500),
    statementTimeoutMs: z.int().min(100).max(30_000).default(3_000),
  }),
  datasets: z.record(
    DatasetId,
    z.strictObject({
      /** The item whose row says that the holder has a record of this document at all. */
      presence: ItemId,
      items: z.record(ItemId, ItemSource),
    }),
  ),
});
export type ConnectorFile = z.infer<typeof ConnectorFile>;

/** @throws SettingError naming the place in the file, never a value */
export function readConnectorFile(path: string): ConnectorFile {
  let content: unknown;
  try {
    content = parse(readFileSync(path, 'utf8'), { maxAliasCount: 0 });
  } catch {
    throw new SettingError(['CONNECTOR_FILE: cannot be read as YAML']);
  }
  const parsed = ConnectorFile.safeParse(content);
  if (!parsed.success)
    throw new SettingError(
      parsed.error.issues.slice(0, 10).map((i) => `CONNECTOR_FILE: ${i.path.join('.')}: ${i.message}`),
    );
  for (const [id, { presence, items }] of Object.entries(parsed.data.datasets))
    if (!(presence in items)) throw new SettingError([`CONNECTOR_FILE: datasets.${id}.presence: is none of its items`]);
  return parsed.data;
}
