import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A new folder for a run that is thrown away. The database's user may pass through it: a cluster then stays below it,
 * also when root starts it (`placeCluster`), and is gone when the folder is removed.
 */
export async function temporaryHome(prefix: string): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), prefix));
  await chmod(home, 0o711);
  return home;
}
