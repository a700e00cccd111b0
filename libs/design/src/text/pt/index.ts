import type { Messages } from '../messages.js';
import { page } from './page.js';
import { consent } from './consent.js';
import { record } from './record.js';
import { law } from './law.js';

/** The dictionary in Portuguese as written in Macao. */
export const pt: Messages = { ...page, ...consent, ...record, ...law };
