import { mkdtemp, mkdir, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JURISDICTIONS, type Jurisdiction } from '@bayway/domain';
import {
  appendEntry,
  KeyDirectory,
  newKey,
  randomName,
  readDirectory,
  sealKey,
  type KeyUse,
  type PrivateKey,
} from '@bayway/envelope';

const SERVICE_KEYS: readonly (readonly [string, readonly KeyUse[]])[] = [
  ['identity', ['sig', 'oidc', 'client']],
  ['consent', ['sig']],
  ['broker', ['sig']],
  ['console', ['client']],
  ['evidence', ['log', 'witness']],
];

/**
 * Real roots, keys and key directories of the three jurisdictions, made for one test file.
 * `owners` adds participants and connectors, such as `['hk/participant/tsing-wan-bank', ['sig','enc','client']]`.
 */
export async function testTrust(owners: readonly (readonly [string, readonly KeyUse[]])[] = []): Promise<TestTrust> {
  const trust = new TestTrust(await mkdtemp(join(tmpdir(), 'bayway-trust-')));
  for (const jurisdiction of JURISDICTIONS) trust.roots.set(jurisdiction, await newKey('root'));
  for (const jurisdiction of JURISDICTIONS)
    for (const [service, uses] of SERVICE_KEYS) await trust.enter(`${jurisdiction}/${service}`, uses);
  for (const [owner, uses] of owners) await trust.enter(owner, uses);
  return trust;
}

export class TestTrust {
  readonly kek = randomName();
  readonly roots = new Map<Jurisdiction, PrivateKey>();
  readonly lines = new Map<Jurisdiction, string[]>(JURISDICTIONS.map((j) => [j, []]));
  private readonly keys = new Map<string, PrivateKey>();

  constructor(readonly folder: string) {}

  /** Makes keys for an owner, enters them in its jurisdiction's directory and seals them in its folder, beside earlier ones. */
  async enter(owner: string, uses: readonly KeyUse[], life: { from?: Date; to?: Date } = {}): Promise<void> {
    const jurisdiction = owner.slice(0, 2) as Jurisdiction;
    await mkdir(this.keysDir(owner), { recursive: true });
    for (const use of uses) {
      const key = await newKey(use);
      this.keys.set(`${owner} ${use}`, key);
      const before = (await readdir(this.keysDir(owner))).filter((file) => file.startsWith(`${use}-`)).length;
      const file = `${use}-${String(before + 1).padStart(3, '0')}.jwe`;
      await writeFile(join(this.keysDir(owner), file), await sealKey(key, this.kek));
      const from = (life.from ?? new Date(Date.now() - 60_000)).toISOString();
      const entry = {
        jurisdiction,
        owner,
        use,
        kid: key.kid,
        key: key.publicKey,
        from,
        to: life.to?.toISOString() ?? null,
        revokedAt: null,
      };
      await this.append(jurisdiction, entry);
    }
  }

  /** Revokes a key: its private part stays with whoever has it. */
  async revoke({ kid }: Pick<PrivateKey, 'kid'>): Promise<void> {
    for (const [jurisdiction, lines] of this.lines) {
      const entries = await readDirectory(jurisdiction, this.root(jurisdiction).publicKey, lines);
      const found = entries.findLast((entry) => entry.kid === kid);
      if (!found) continue;
      const { index: _index, previous: _previous, ...entry } = found;
      await this.append(jurisdiction, { ...entry, revokedAt: new Date().toISOString(), reason: 'key-compromise' });
    }
  }

  private async append(jurisdiction: Jurisdiction, entry: Parameters<typeof appendEntry>[2]): Promise<void> {
    const root = this.roots.get(jurisdiction);
    const lines = this.lines.get(jurisdiction);
    if (!root || !lines) throw new Error(`no root for ${jurisdiction}`);
    lines.push(await appendEntry(root, lines, entry));
  }

  /** The private key of an owner, to sign as that owner in a test. */
  key(owner: string, use: KeyUse): PrivateKey {
    const key = this.keys.get(`${owner} ${use}`);
    if (!key) throw new Error(`no ${use} key of ${owner}`);
    return key;
  }

  /** Folder with the sealed keys of one owner: its KEYS_DIR. */
  keysDir(owner: string): string {
    return join(this.folder, owner.replaceAll('/', '-'));
  }

  /** The verified directory of all three. */
  async directory(): Promise<KeyDirectory> {
    const read = JURISDICTIONS.map((j) => readDirectory(j, this.root(j).publicKey, this.lines.get(j) ?? []));
    return new KeyDirectory((await Promise.all(read)).flat());
  }

  private root(jurisdiction: Jurisdiction): PrivateKey {
    const root = this.roots.get(jurisdiction);
    if (!root) throw new Error(`no root for ${jurisdiction}`);
    return root;
  }

  /** ROOTS as a setting. */
  rootsSetting(): string {
    return JSON.stringify(Object.fromEntries(JURISDICTIONS.map((j) => [j, this.root(j).publicKey])));
  }

  /** Where a service under test reads directories from, instead of an evidence service. */
  readonly source = (jurisdiction: Jurisdiction): Promise<readonly string[]> =>
    Promise.resolve([...(this.lines.get(jurisdiction) ?? [])]);

  /** The settings of trust for one owner's service. */
  settings(owner: string): Record<'KEYS_DIR' | 'KEK' | 'ROOTS' | 'EVIDENCE_URLS', string> {
    const nowhere = Object.fromEntries(JURISDICTIONS.map((j) => [j, 'http://127.0.0.1:9']));
    return {
      KEYS_DIR: this.keysDir(owner),
      KEK: this.kek,
      ROOTS: this.rootsSetting(),
      EVIDENCE_URLS: JSON.stringify(nowhere),
    };
  }
}
