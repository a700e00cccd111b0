import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Jurisdiction } from '@bayway/domain';
import { parse } from 'yaml';
import { WORKSPACE } from '../paths.js';
import type { Derive } from './secrets.js';
import { CONNECTORS } from './topology.js';

/** The holder's own database in the outside world's cluster, and the login with which its connector reads. */
export type HolderDatabase = Readonly<{ database: string; user: string; password: string }>;

/** The database of a holder, named after it: `pengwan_credit`, read by `pengwan_credit_reader`. */
export function holderDatabase(holder: string, derive: Derive): HolderDatabase {
  const database = holderDatabaseName(holder);
  return { database, user: `${database}_reader`, password: derive(`${holder} reader`) };
}

export const holderDatabaseName = (holder: string): string => holder.replaceAll('-', '_');

/** What a holder's own pages show to its connector. */
export const carryToken = (holder: string, derive: Derive): string => derive(`${holder} carry`);

/** Every holder's database, by holder. */
export const holderDatabases = (derive: Derive): Record<string, HolderDatabase> =>
  Object.fromEntries(CONNECTORS.map(({ holder }) => [holder, holderDatabase(holder, derive)]));

/** How a holder's connector logs in. */
function readerUrl(outsideUrl: string, { database, user, password }: HolderDatabase): string {
  const url = new URL(outsideUrl);
  Object.assign(url, { username: user, password, pathname: `/${database}` });
  return url.href;
}

/** The holders of a jurisdiction that have a connector here. */
export const holdersOf = (jurisdiction: Jurisdiction): string[] =>
  CONNECTORS.filter((connector) => connector.jurisdiction === jurisdiction).map(({ holder }) => holder);

const templateOf = (holder: string): Promise<string> =>
  readFile(join(WORKSPACE, 'infra', 'connectors', `${holder}.yaml`), 'utf8');

/** `connector.yaml` of the connector beside a holder, with the address of its database filled in. */
export async function connectorYaml(holder: string, outsideUrl: string, derive: Derive): Promise<string> {
  const url = readerUrl(outsideUrl, holderDatabase(holder, derive));
  return (await templateOf(holder)).replace('@reader', url);
}

type Items = Record<string, { rows?: number; columns: Record<string, string> }>;
type Schema = Readonly<Record<string, unknown>>;

/** What the answers of a dataset look like, as JSON Schema 2020-12. */
export async function answerSchemas(holder: string, dataset: string): Promise<Record<string, Schema>> {
  const { datasets } = parse(await templateOf(holder)) as {
    datasets: Record<string, { answers?: Record<string, { ranges?: readonly number[] }> }>;
  };
  const answers = Object.entries(datasets[dataset]?.answers ?? {});
  return Object.fromEntries(answers.map(([id, { ranges }]) => [id, ranges ? RANGE : { type: 'boolean' }]));
}

const BOUND: Schema = { type: ['number', 'null'] };
const RANGE: Schema = {
  type: ['object', 'null'],
  properties: { from: BOUND, below: BOUND },
  required: ['from', 'below'],
  additionalProperties: false,
};

/** What a dataset's items look like, as JSON Schema 2020-12: published by the broker, from what the connector checks. */
export async function itemSchemas(holder: string, dataset: string): Promise<Record<string, Schema>> {
  const { datasets } = parse(await templateOf(holder)) as { datasets: Record<string, { items: Items }> };
  const items = Object.entries(datasets[dataset]?.items ?? {});
  return Object.fromEntries(items.map(([id, { rows, columns }]) => [id, schemaOf(columns, rows)]));
}

const TYPES: Readonly<Record<string, Schema>> = {
  text: { type: 'string', maxLength: 4_000 },
  integer: { type: 'integer' },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  date: { type: 'string', format: 'date' },
  month: { type: 'string', pattern: '^\\d{4}-(0[1-9]|1[0-2])$' },
};

function schemaOf(columns: Record<string, string>, rows = 1_000): Schema {
  const properties = Object.entries(columns).map(([name, type]) => {
    const plain = TYPES[type.replace('?', '')] ?? {};
    return [name, type.endsWith('?') ? { anyOf: [plain, { type: 'null' }] } : plain] as const;
  });
  const row = {
    type: 'object',
    properties: Object.fromEntries(properties),
    required: Object.keys(columns),
    additionalProperties: false,
  };
  return rows === 1 ? { anyOf: [row, { type: 'null' }] } : { type: 'array', maxItems: rows, items: row };
}
