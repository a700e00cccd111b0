import { JURISDICTIONS, type Jurisdiction } from '@bayway/domain';
import { KeyDirectory, readDirectory, type PublicKey } from '@bayway/envelope';
import type { JWK } from 'jose';
import { z } from 'zod';

const Published = z.object({ entries: z.array(z.string().max(4_000)).max(100_000) });

/** A new key is known, and a revoked one refused, at the latest so long after the directory was published. */
const FRESH_MS = 5_000;
const TIMEOUT_MS = 3_000;

/** Where each jurisdiction publishes its key directory, and the root that the cities pinned. */
export type Directories = Readonly<Record<Jurisdiction, Readonly<{ url: string; root: PublicKey }>>>;

type Copy = { directory: KeyDirectory; readAt: number };

/** The keys of identity services as the cities' clients: from the key directories, each read again when it is needed and old. */
export class ClientKeys {
  private readonly copies = new Map<Jurisdiction, Copy>();
  private readonly reading = new Map<Jurisdiction, Promise<void>>();

  /** @param onFault hears of a directory that cannot be read; its last verified state goes on being used */
  constructor(
    private readonly directories: Directories,
    private readonly onFault: (fault: string) => void,
  ) {}

  /** The keys that are an owner's at this moment, for client assertions. */
  async keysOf(owner: string): Promise<JWK[]> {
    const jurisdiction = JURISDICTIONS.find((j) => owner.startsWith(`${j}/`));
    if (!jurisdiction) return [];
    await this.freshen(jurisdiction);
    const found = this.copies.get(jurisdiction)?.directory.keysOf(owner, 'client', new Date()) ?? [];
    return found.map(({ kid, key }) => ({ ...key, kid, use: 'sig', alg: 'ES256' }));
  }

  private freshen(jurisdiction: Jurisdiction): Promise<void> {
    if (Date.now() - (this.copies.get(jurisdiction)?.readAt ?? 0) < FRESH_MS) return Promise.resolve();
    const running = this.reading.get(jurisdiction) ?? this.read(jurisdiction);
    this.reading.set(jurisdiction, running);
    return running.finally(() => this.reading.delete(jurisdiction));
  }

  private async read(jurisdiction: Jurisdiction): Promise<void> {
    const { url, root } = this.directories[jurisdiction];
    try {
      const response = await fetch(`${url}/key-directory`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
      const { entries } = Published.parse(await response.json());
      const directory = new KeyDirectory(await readDirectory(jurisdiction, root, entries));
      this.copies.set(jurisdiction, { directory, readAt: Date.now() });
    } catch (error) {
      this.onFault(`key directory of ${jurisdiction}: ${(error as Error).message}`);
    }
  }
}
