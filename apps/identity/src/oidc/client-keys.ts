import type { Client, JWK, Provider } from 'oidc-provider';

/** A key set at an address of the client is read again when it is older: what was taken out of it counts no more. */
const KEPT_MS = 5_000;
/** A signature by none of the known keys has them read again, unless that was done just now. */
const AGAIN_MS = 1_000;

/** The keys of a client as the library holds them; its types leave them out. */
type KeyStore = {
  selectForVerify(wanted: Readonly<Record<string, unknown>>): readonly JWK[];
  fresh(): boolean;
  refresh(): Promise<void>;
  clear(): void;
  add(key: JWK): void;
};
type WithKeys = Client & { readonly asymmetricKeyStore: KeyStore };

/** The keys of a client of ours, read again from the key directory; null for an app, which names its keys itself. */
export type DirectoryKeys = (clientId: string) => Promise<readonly JWK[] | null>;

/**
 * Has a client's keys follow their source. The library keeps a set read from `jwks_uri` for a minute, or as long as that
 * server says, and asks for it again only when a signature fails: a new key would be refused, one taken away accepted.
 * @see OpenID Connect Core 1.0 section 10.1.1
 */
export function followKeys(provider: Provider, directory: DirectoryKeys): void {
  const { Client: clients } = provider;
  const find = clients.find.bind(clients);
  const followed = new WeakSet<Client>();
  clients.find = async (id) => {
    const client = await find(id);
    if (client && !followed.has(client)) follow(client as WithKeys, directory);
    if (client) followed.add(client);
    return client;
  };
}

function follow(client: WithKeys, directory: DirectoryKeys): void {
  const store = client.asymmetricKeyStore;
  const isAtAddress = client.jwksUri !== undefined;
  const select = store.selectForVerify.bind(store);
  const readAddress = store.refresh.bind(store);
  let readAt = 0;
  const isYoungerThan = (ms: number): boolean => Date.now() - readAt < ms;

  async function readDirectory(): Promise<void> {
    const keys = await directory(client.clientId);
    if (!keys) return;
    store.clear();
    for (const key of keys) store.add(key);
  }

  // None found: the library asks whether the set is fresh, and when not, has it read and looks once more.
  store.selectForVerify = (wanted) => (isAtAddress && !isYoungerThan(KEPT_MS) ? [] : select(wanted));
  store.fresh = () => isYoungerThan(AGAIN_MS);
  store.refresh = async () => {
    await (isAtAddress ? readAddress() : readDirectory());
    readAt = Date.now();
  };
}
