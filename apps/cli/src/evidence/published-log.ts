import { createHash } from 'node:crypto';
import { logOrigin, witnessName } from '@bayway/contracts';
import { JURISDICTIONS, type Jurisdiction } from '@bayway/domain';
import { openNote, parseCheckpoint, type PublishedLog, type SeenHead, tilePath } from '@bayway/transparency';
import { z } from 'zod';
import { Difference } from './difference.js';
import { fetchBytes, fetchText } from './http.js';
import type { FsckOptions } from './options.js';
import { type Directories, verifiers } from './trust.js';

const Page = z.object({ checkpoints: z.array(z.string().max(300_000)).max(100) });

/** A log as everybody sees it: its files, every checkpoint it still shows, and what the other two hold of it. */
export function publishedLog(log: Jurisdiction, { urls }: FsckOptions, directories: Directories): PublishedLog {
  const base = urls[log];
  return {
    checkpoint: async () => (await fetchText(`${base}/checkpoint`)) ?? gone('checkpoint'),
    file: (tile) => fetchBytes(`${base}/${tilePath(tile)}`),
    checkpoints: async function* () {
      for (let after = -1; ;) {
        const text = (await fetchText(`${base}/checkpoints?after=${after}`)) ?? gone('checkpoints');
        const { checkpoints } = Page.parse(JSON.parse(text));
        if (checkpoints.length === 0) return;
        yield* checkpoints;
        const last = Number(checkpoints.at(-1)?.split('\n')[1]);
        if (!(last > after)) throw new Difference(`checkpoints above ${after} end with none larger`);
        after = last;
      }
    },
    seen: async () => {
      const peers = JURISDICTIONS.filter((j) => j !== log);
      return (await Promise.all(peers.map((peer) => heldBy(peer, { log, base: urls[peer] }, directories)))).flat();
    },
  };
}

/** What a witness has signed last for a log: its cosignature says so. */
export async function heldBy(
  witness: Jurisdiction,
  { log, base }: { log: Jurisdiction; base: string },
  directories: Directories,
): Promise<(SeenHead & Readonly<{ note: string }>)[]> {
  const origin = createHash('sha256').update(logOrigin(log)).digest('hex');
  const note = await fetchText(`${base}/witness/${origin}/checkpoint`);
  if (note === undefined) return [];
  const { text } = await openNote(note, verifiers(directories, { owner: witness, use: 'witness' }));
  const { size, root } = parseCheckpoint(text);
  return [{ by: witnessName(witness), size, root, note }];
}

function gone(what: string): never {
  throw new Difference(`the log publishes no ${what}`);
}
