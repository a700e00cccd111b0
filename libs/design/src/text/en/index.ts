import { page } from './page.js';
import { consent } from './consent.js';
import { record } from './record.js';
import { law } from './law.js';

/** The English dictionary; its shape is the shape of all. */
export const en = { ...page, ...consent, ...record, ...law };
