import { Inject, Injectable } from '@nestjs/common';
import type { AdapterPayload } from 'oidc-provider';
import { DataSource } from 'typeorm';
import { VAULT, type Vault } from '../oidc/vault.js';

type Row = { metadata: AdapterPayload; secret: Buffer | null; stale: boolean };
type Kept = Readonly<{ metadata: AdapterPayload; until: number }>;

/** A change at another instance counts after so long, as with the key directory. */
const KEPT_MS = 5_000;
const MOST_KEPT = 1_000;

/** Clients that registered themselves (RFC 7591). One that nobody uses for half a year is removed by the sweeper. */
@Injectable()
export class RegisteredClients {
  private readonly kept = new Map<string, Kept>();

  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(VAULT) private readonly vault: Vault,
  ) {}

  /** Its metadata with its secret opened, or undefined. */
  async find(id: string): Promise<AdapterPayload | undefined> {
    const kept = this.kept.get(id);
    if (kept && kept.until > Date.now()) return kept.metadata;
    const rows: Row[] = await this.db.query(
      'select metadata, secret, last_used_on < current_date as stale from oauth_client where id = $1',
      [id],
    );
    const row = rows[0];
    if (!row) return undefined;
    if (row.stale) await this.db.query('update oauth_client set last_used_on = current_date where id = $1', [id]);
    const secret = row.secret ? { client_secret: await this.vault.open(row.secret, `client ${id}`) } : {};
    return this.keep(id, { ...row.metadata, ...secret });
  }

  private keep(id: string, metadata: AdapterPayload): AdapterPayload {
    if (this.kept.size >= MOST_KEPT) this.kept.delete([...this.kept.keys()][0] ?? '');
    this.kept.set(id, { metadata, until: Date.now() + KEPT_MS });
    return metadata;
  }

  /** Registers it, or changes it. */
  async save(id: string, { client_secret, ...metadata }: AdapterPayload): Promise<void> {
    const sealed = client_secret === undefined ? null : await this.vault.seal(client_secret, `client ${id}`);
    await this.db.query(
      `insert into oauth_client (id, metadata, secret) values ($1, $2, $3)
       on conflict (id) do update set metadata = excluded.metadata, secret = excluded.secret`,
      [id, JSON.stringify(metadata), sealed],
    );
    this.kept.delete(id);
  }

  /** Removes it; its tokens die with it, for every use of one looks for its client. */
  async remove(id: string): Promise<void> {
    await this.db.query('delete from oauth_client where id = $1', [id]);
    this.kept.delete(id);
  }
}
