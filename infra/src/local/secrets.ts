import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { secretFile } from '../secret-file.js';

/** A secret for a purpose: 256 bits as 43 characters of base64url; the same for the same label, unrelated for others. */
export type Derive = (label: string) => string;

/**
 * The secrets of a local run. All follow from one random value in `<home>/secrets/master`, which only we may read:
 * passwords of databases and of the bus, key-encryption keys, the passphrase of the roots. A deployment gives each its own.
 */
export async function localSecrets(home: string): Promise<Derive> {
  const master = await secretFile(join(home, 'secrets', 'master'));
  return (label) => createHmac('sha256', Buffer.from(master, 'base64url')).update(label).digest('base64url');
}
