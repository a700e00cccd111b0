import type { Adapter, AdapterPayload, ClientMetadata } from 'oidc-provider';

/** Records are JSON, as they would be in a database. */
const copy = (payload: AdapterPayload): AdapterPayload => JSON.parse(JSON.stringify(payload)) as AdapterPayload;

type Entry = { payload: AdapterPayload; expiresAt: number };

/** Tokens and codes go when their grant goes; an interaction carries a grant id too and must stay. */
const BOUND_TO_GRANT = ['AccessToken', 'AuthorizationCode', 'RefreshToken'];

/** A bounded store per model, kept in memory: the outside world forgets its sessions when it restarts. */
export class ModelStore implements Adapter {
  private readonly entries = new Map<string, Entry>();
  private readonly idByUid = new Map<string, string>();

  constructor(
    private readonly model: string,
    private readonly limit: number,
  ) {}

  upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    this.forget(id);
    const expiresAt = expiresIn === undefined ? Infinity : Date.now() + expiresIn * 1_000;
    this.entries.set(id, { payload: copy(payload), expiresAt });
    if (payload.uid !== undefined) this.idByUid.set(payload.uid, id);
    const oldest = this.entries.size > this.limit ? this.entries.keys().next() : undefined;
    if (oldest && !oldest.done) this.forget(oldest.value);
    return Promise.resolve();
  }

  find(id: string): Promise<AdapterPayload | undefined> {
    const entry = this.entries.get(id);
    if (!entry) return Promise.resolve(undefined);
    if (entry.expiresAt > Date.now()) return Promise.resolve(copy(entry.payload));
    this.forget(id);
    return Promise.resolve(undefined);
  }

  findByUid(uid: string): Promise<AdapterPayload | undefined> {
    const id = this.idByUid.get(uid);
    return id === undefined ? Promise.resolve(undefined) : this.find(id);
  }

  /** Cities offer no device flow, so that no record has a user code. */
  findByUserCode(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  consume(id: string): Promise<void> {
    const entry = this.entries.get(id);
    if (entry) entry.payload.consumed = Math.floor(Date.now() / 1_000);
    return Promise.resolve();
  }

  destroy(id: string): Promise<void> {
    this.forget(id);
    return Promise.resolve();
  }

  revokeByGrantId(grantId: string): Promise<void> {
    if (!BOUND_TO_GRANT.includes(this.model)) return Promise.resolve();
    for (const [id, { payload }] of this.entries) if (payload.grantId === grantId) this.forget(id);
    return Promise.resolve();
  }

  private forget(id: string): void {
    const uid = this.entries.get(id)?.payload.uid;
    if (uid !== undefined && this.idByUid.get(uid) === id) this.idByUid.delete(uid);
    this.entries.delete(id);
  }
}

/**
 * The adapter of one provider.
 * @param clients the clients it knows from the start, by `client_id`
 * @param limit how many records of each model are kept; the oldest go first
 */
export function memoryAdapter(clients: readonly ClientMetadata[], limit = 5_000): (model: string) => Adapter {
  const stores = new Map<string, ModelStore>();
  const known = new ModelStore('Client', clients.length);
  for (const client of clients) void known.upsert(client.client_id, client);
  stores.set('Client', known);
  return (model) => {
    const store = stores.get(model) ?? new ModelStore(model, limit);
    stores.set(model, store);
    return store;
  };
}
