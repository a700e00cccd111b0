import type { Messages } from '../messages.js';
import { page } from './page.js';
import { consent } from './consent.js';
import { record } from './record.js';
import { law } from './law.js';

/** The dictionary in Simplified Chinese as written in the Mainland. */
export const zhHans: Messages = { ...page, ...consent, ...record, ...law };
