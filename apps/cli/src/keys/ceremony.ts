import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { CeremonyError, EnvelopeError, KeyCeremony } from '@bayway/envelope';
import { CommandError, EXIT, type Terminal } from '../command.js';
import { directoryIn } from './directory.js';
import { secretFrom } from './secret.js';

/** Where the passphrase of the root, and the key-encryption key of the owner of a new key, are taken from. */
export const PASSPHRASE = 'BAYWAY_ROOT_PASSPHRASE';
export const KEK = 'BAYWAY_KEK';

/**
 * Opens the key folder that is there, with the passphrase; makes no new one.
 * @throws CommandError for another folder, a directory that does not hold, a wrong passphrase
 */
export async function openCeremony(folder: string, terminal: Terminal): Promise<KeyCeremony> {
  const { jurisdiction } = await directoryIn(folder);
  await access(join(folder, 'root.jwe')).catch(() => {
    throw new CommandError(`no root (\`root.jwe\`) in \`${folder}\``, EXIT.usage);
  });
  const passphrase = await secretFrom(terminal, PASSPHRASE, 'passphrase of the root');
  return KeyCeremony.open(jurisdiction, folder, passphrase).catch(() => {
    throw new CommandError('the passphrase does not open the root');
  });
}

/** What a ceremony refused, in its one line. */
export async function held<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof CeremonyError) throw new CommandError(error.message);
    if (error instanceof EnvelopeError) throw new CommandError(error.detail);
    throw error;
  }
}
