import { Secrets } from '../secrets.js';

/**
 * Where private keys and client secrets are encrypted before they reach the database. A key management service takes the
 * place of {@link localVault} by implementing these two calls; nothing else knows how they are sealed.
 */
export type Vault = Readonly<{
  /** @param bound names the row: what was sealed for one cannot be opened for another */
  seal(plain: string, bound: string): Promise<Buffer>;
  /** @throws when it was altered, or belongs to another row or key-encryption key */
  open(sealed: Buffer, bound: string): Promise<string>;
}>;

/** Injection token of the {@link Vault}. */
export const VAULT = Symbol('vault');

/** Seals under a key derived from this service's key-encryption key, which stands outside the database. */
export const localVault = (secrets: Secrets): Vault => ({
  seal: (plain, bound) => Promise.resolve(secrets.seal(plain, bound, 'vault')),
  open: async (sealed, bound) => Promise.resolve(secrets.open(sealed, bound, 'vault')),
});
