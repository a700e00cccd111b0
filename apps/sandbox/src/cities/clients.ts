import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const Text = z.string().min(1).max(300);

/** A public EC key; a private one in this file is refused, for it should never have left its owner. */
const PublicKey = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: Text,
  y: Text,
  kid: Text.optional(),
  use: z.literal('sig').optional(),
  alg: z.literal('ES256').optional(),
  d: z.undefined().optional(),
});

/**
 * An identity service, or a holder with pages of its own, that may send people to the cities. It authenticates with `private_key_jwt`, ES256. Its keys stand
 * here, or in the key directory under `key_owner`, where a rotation is seen without a restart.
 */
export const CityClient = z
  .strictObject({
    client_id: Text,
    redirect_uris: z.array(z.url().max(300)).min(1).max(20),
    post_logout_redirect_uris: z.array(z.url().max(300)).max(20).optional(),
    jwks: z.strictObject({ keys: z.array(PublicKey).min(1).max(10) }).optional(),
    key_owner: z
      .string()
      .regex(/^(hk|mo|cn)\/(participant\/)?[a-z-]{1,40}$/)
      .optional(),
    /** Slugs of the cities that know this client; without it, all do. */
    cities: z.array(z.string().max(40)).max(40).optional(),
  })
  .refine(
    ({ jwks, key_owner }) => (jwks === undefined) !== (key_owner === undefined),
    'has either `jwks` or `key_owner`',
  );
export type CityClient = z.infer<typeof CityClient>;

export const CityClients = z.array(CityClient).min(1).max(50);

/** Reads the clients of all cities from a JSON file; the error names what is wrong in it. */
export async function readCityClients(file: string): Promise<CityClient[]> {
  const read = CityClients.safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (!read.success) throw new Error(`CITY_CLIENTS_FILE is not valid: ${z.prettifyError(read.error)}`);
  return read.data;
}
