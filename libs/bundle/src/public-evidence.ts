import { type HashTile, tilePath } from '@bayway/transparency';
import { z } from 'zod';
import { type SideName, SIDES } from './format.js';

/** A directory line, and the time and salt of its record in the log. */
export type PublishedLine = Readonly<{ line: string; at: string; salt: string }>;

/** What anybody may ask of the evidence service of a jurisdiction. */
export type PublicEvidence = Readonly<{
  /** All lines about an owner, such as `hk/broker`, oldest first. */
  lines: (owner: string) => Promise<readonly PublishedLine[]>;
  /** The `.tlog-proof` of a commitment, or undefined while it is not in the log. */
  proof: (side: SideName, commitment: string) => Promise<string | undefined>;
  tile: (side: SideName, tile: HashTile) => Promise<Uint8Array | undefined>;
}>;

/** An evidence service that does not answer as it should. */
export class PublicEvidenceError extends Error {}

const Lines = z.object({
  lines: z
    .array(z.object({ line: z.string().max(4_000), at: z.string().max(30), salt: z.string().max(43) }))
    .max(10_000),
});
const TIMEOUT_MS = 10_000;
const MOST_BYTES = 10_000_000;

/** Reads evidence over HTTP. @param urls base address of each jurisdiction's evidence service */
export function publicEvidence(urls: Readonly<Record<SideName, string>>): PublicEvidence {
  const get = async (side: SideName, path: string): Promise<Response | undefined> => {
    const url = new URL(path, urls[side].endsWith('/') ? urls[side] : `${urls[side]}/`);
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch((cause: unknown) => {
      throw new PublicEvidenceError(`the evidence service of \`${side}\` does not answer`, { cause });
    });
    if (response.status === 404) return undefined;
    if (!response.ok) throw new PublicEvidenceError(`the evidence service of \`${side}\` answers ${response.status}`);
    return response;
  };
  return {
    lines: async (owner) => {
      const side = SIDES.find((name) => owner.startsWith(`${name}/`));
      const response = side && (await get(side, `key-directory/lines?owner=${encodeURIComponent(owner)}`));
      const read = response && Lines.safeParse(await response.json().catch(() => null)).data;
      if (response && !read) throw new PublicEvidenceError(`the evidence service answers in another shape`);
      return read?.lines ?? [];
    },
    proof: async (side, commitment) => (await get(side, `proofs/${commitment}`))?.text(),
    tile: async (side, tile) => {
      const bytes = await (await get(side, tilePath(tile)))?.arrayBuffer();
      return bytes && bytes.byteLength <= MOST_BYTES ? new Uint8Array(bytes) : undefined;
    },
  };
}
