import type { Messages } from '../messages.js';
import { page } from './page.js';
import { consent } from './consent.js';
import { record } from './record.js';
import { law } from './law.js';

/** The dictionary in Traditional Chinese as written in Hong Kong. */
export const zhHant: Messages = { ...page, ...consent, ...record, ...law };
