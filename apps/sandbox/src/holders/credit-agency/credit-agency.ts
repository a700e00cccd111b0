import { DEFAULT_SEED } from '../../population/population.js';
import type { Holder } from '../holder.js';
import { ITEM_VIEWS, SCHEMA_SQL } from './schema.js';
import { drawFiles, type Agency } from './subjects.js';

/** A credit agency with the datasets `credit-report` and `enterprise-credit-report`. */
export const creditAgency = (agency: Agency): Holder => ({
  schema: SCHEMA_SQL,
  views: Object.values(ITEM_VIEWS),
  draw: (population, asOf) => {
    const files = drawFiles(population, agency, { seed: DEFAULT_SEED, asOf });
    const tables = Object.keys(files[0] ?? {}) as (keyof (typeof files)[number])[];
    const rowsOf = (table: (typeof tables)[number]) => files.flatMap((file): readonly object[] => file[table]);
    return Object.fromEntries(tables.map((table) => [`registry.${table}`, rowsOf(table)]));
  },
});
