import { z } from 'zod';
import { checkAt } from './checks.js';
import { type AnyBundle, Bytes32, type Entry, At, type Pins, RootKey, SideName, SIDES } from './format.js';
import { headerOf, partsOf, payloadOf, type Signatures, thumbprintOf } from './signatures.js';

const EdKey = z.strictObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: Bytes32 });
const OWNER = /^(hk|mo|cn)\/[a-z]+(\/[a-z][a-z0-9-]{1,39})?$/;

const LineShape = {
  jurisdiction: SideName,
  index: z.int().min(0).max(1_000_000),
  previous: Bytes32.nullable(),
  owner: z.string().regex(OWNER),
  kid: Bytes32,
  from: At,
  to: At.nullable(),
  revokedAt: At.nullable(),
};
const LineClaims = z.discriminatedUnion('use', [
  z.strictObject({ ...LineShape, use: z.literal('sig'), key: RootKey }),
  z.strictObject({ ...LineShape, use: z.literal('log'), key: EdKey }),
  z.strictObject({ ...LineShape, use: z.literal('witness'), key: EdKey }),
]);

/** A verified line of a key directory, where it stands in the bundle, and its place in the log. */
export type Line = z.infer<typeof LineClaims> & Readonly<{ jws: string; at: string; entered: Entry | undefined }>;

/** Verifies the lines of all directories against the pinned roots: checks 5 to 7. @throws BundleFault */
export async function verifyKeys(bundle: AnyBundle, pins: Pins, signatures: Signatures): Promise<Line[]> {
  const lines: Line[] = [];
  for (const side of SIDES) {
    let last = -1;
    for (const [i, { line: jws, entered }] of (bundle.keys[side] ?? []).entries()) {
      const at = `/keys/${side}/${i}`;
      const parts = partsOf(jws);
      const header = headerOf(parts);
      const isOurs = header?.typ === 'key-directory-entry+jwt' && header.kid === thumbprintOf(pins[side]);
      checkAt(5, at)(isOurs, 'not a directory line that names the pinned root');
      checkAt(6, at)(
        await signatures.es256(pins[side], parts.signed, parts.signature),
        'not signed by the pinned root',
      );
      const claims = LineClaims.safeParse(payloadOf(parts)).data;
      const entry = checkAt(7, at);
      if (!claims) return entry(false, 'line has another shape') as never;
      entry(claims.jurisdiction === side && claims.owner.startsWith(`${side}/`), 'line of another jurisdiction');
      entry(claims.index > last, 'lines are not in order');
      entry((claims.use === 'sig') === (entered !== undefined), 'place in the log is missing, or not called for');
      last = claims.index;
      lines.push({ ...claims, jws, at, entered });
    }
  }
  return lines;
}

/** The lines about one key, oldest first. The last one says how long it is valid. */
export const linesOf = (lines: readonly Line[], kid: string): Line[] => lines.filter((line) => line.kid === kid);

/** Whether a key is valid at an instant, by the last line about it. Its start counts in whole seconds. */
export function isValidAt({ from, to, revokedAt }: Line, seconds: number): boolean {
  const instant = new Date(seconds * 1000).toISOString();
  return from.slice(0, 19) <= instant.slice(0, 19) && [to, revokedAt].every((end) => end === null || instant < end);
}
