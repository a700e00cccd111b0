import type { Schema } from '@bayway/service';
import { Evidence1700000000001 } from './migrations/1700000000001-evidence.js';
import { Monitor1700000000002 } from './migrations/1700000000002-monitor.js';
import { Reconciliation1700000000003 } from './migrations/1700000000003-reconciliation.js';
import { GrowingLog1700000000004 } from './migrations/1700000000004-growing-log.js';

/** The tables of the log hold bytes and ranges of them; the stores speak SQL, so there are no entities. */
export const schema: Schema = {
  entities: [],
  migrations: [Evidence1700000000001, Monitor1700000000002, Reconciliation1700000000003, GrowingLog1700000000004],
};
