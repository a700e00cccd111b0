import { createHmac, randomBytes } from 'node:crypto';
import { compactVerify, decodeProtectedHeader } from 'jose';
import { z } from 'zod';
import { sha256, signingKeyOf } from './key-directory.js';
import type { Product } from './products.js';
import type { BankSettings } from './settings.js';

const Claims = z.object({
  iss: z.string(),
  exp: z.number(),
  dataset: z.string(),
  items: z.record(z.string().max(40), z.unknown()),
});

/** A record that a customer brought, and the exact file. */
export type Carried = Readonly<{ file: string; items: Readonly<Record<string, unknown>> }>;

/** A form of either kind, as a browser sends it. */
export const formOf = (body: Uint8Array, contentType: string): Promise<FormData> =>
  new Response(Buffer.from(body), { headers: { 'content-type': contentType } }).formData();

/** The text of a field, whether it was typed or is a file. */
export const textOf = async (field: File | string | null): Promise<string> =>
  (typeof field === 'string' ? field : ((await field?.text()) ?? '')).trim();

/**
 * Reads a file that a customer brought: signed by the holder, with a key from the directory, about the dataset wanted.
 * @throws Error for any other file
 */
export async function readCarried(
  file: string,
  { holder, exporter, dataset }: Product,
  settings: BankSettings,
): Promise<Carried> {
  const { kid = '', typ } = decodeProtectedHeader(file);
  const source = settings.directories[exporter];
  if (typ !== 'carried-record+jwt' || !source) throw new Error('the file is of another type');
  const key = await signingKeyOf({ jurisdiction: exporter, ...source }, `${exporter}/participant/${holder}`, kid);
  const { payload } = await compactVerify(file, key, { algorithms: ['ES256'] });
  const claims = Claims.parse(JSON.parse(new TextDecoder().decode(payload)));
  if (claims.iss !== holder || claims.dataset !== dataset || claims.exp * 1_000 <= Date.now())
    throw new Error('the file is another one than was asked for, or too old');
  return { file, items: claims.items };
}

/** What is compared: a keyed digest of the file under a salt that is used once. */
export function fingerprint({ file }: Carried): { salt: string; fingerprint: string } {
  const salt = randomBytes(32);
  const mac = createHmac('sha256', salt).update(sha256(file)).digest('base64url');
  return { salt: salt.toString('base64url'), fingerprint: mac };
}
