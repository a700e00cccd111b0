import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { installDebian } from './debian.js';

const run = promisify(execFile);
const DEBIANS = '/usr/bin/python3';

const hasCryptography = (python: string): Promise<boolean> =>
  run(python, ['-c', 'import cryptography']).then(
    () => true,
    () => false,
  );

/** A Python 3 with the package `cryptography`, for the second verifier of bundles; on Debian as root it is installed when missing. */
export async function findPython(): Promise<string> {
  for (const python of ['python3', DEBIANS]) if (await hasCryptography(python)) return python;
  if ((await installDebian(['python3', 'python3-cryptography'])) && (await hasCryptography(DEBIANS))) return DEBIANS;
  throw new Error(
    'Python 3 with `cryptography` is needed to test the second verifier: `pip install cryptography`, or Debian’s python3-cryptography.',
  );
}
