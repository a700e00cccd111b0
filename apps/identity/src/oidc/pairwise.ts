import type { Secrets } from '../secrets.js';

/**
 * What a client knows a resident by: for each client another, and no two can be joined.
 * Also the name by which one jurisdiction's provider means her towards another.
 * @see OpenID Connect Core 1.0 section 8.1
 */
export const pairwise = (secrets: Secrets, residentId: string, clientId: string): string =>
  secrets.mac('pairwise', `${clientId}\n${residentId}`);
