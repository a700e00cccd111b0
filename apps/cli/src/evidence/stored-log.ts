import { encodeEntryBundle, encodeTile, leafHash, type HashTile, type PublishedLog } from '@bayway/transparency';
import { TILE_WIDTH, type TileId } from '@bayway/transparency';
import type { Client } from 'pg';
import { Difference } from './difference.js';

type CheckpointRow = Readonly<{ size: string; note: string; lines: string[] }>;

const CHECKPOINTS = `
  select c.size, c.note, coalesce(array_agg(s.line order by s.witness) filter (where s.line is not null), '{}') as lines
    from checkpoint c left join cosignature s on s.size = c.size`;

const noteOf = ({ note, lines }: CheckpointRow): string => note + lines.join('');

/** A log as its own database holds it, read in the snapshot of the client's transaction. */
export function storedLog(db: Client): Omit<PublishedLog, 'seen'> {
  return {
    checkpoint: async () => {
      const { rows } = await db.query<CheckpointRow>(`${CHECKPOINTS} group by c.size order by c.size desc limit 1`);
      if (!rows[0]) throw new Difference('there is no checkpoint');
      return noteOf(rows[0]);
    },
    file: (tile) =>
      tile.level === 'entries' || tile.level === 0 ? entryFile(db, tile) : hashFile(db, tile as HashTile),
    checkpoints: async function* () {
      for (let after = -1; ;) {
        const sql = `${CHECKPOINTS} where c.size > $1 group by c.size order by c.size limit 500`;
        const { rows } = await db.query<CheckpointRow>(sql, [after]);
        if (rows.length === 0) return;
        for (const row of rows) yield noteOf(row);
        after = Number(rows.at(-1)?.size);
      }
    },
  };
}

/** Level 0 follows from the entries, so that both are made from the same rows. */
async function entryFile(db: Client, { level, index, width }: TileId): Promise<Uint8Array> {
  const from = index * TILE_WIDTH;
  const { rows } = await db.query<{ index: string; commitment: Buffer }>(
    'select index, commitment from log_entry where index >= $1 and index < $2 order by index',
    [from, from + width],
  );
  const gap = Array.from({ length: width }, (_, i) => from + i).find((n, i) => Number(rows[i]?.index) !== n);
  if (gap !== undefined) throw new Difference(`entry ${gap} is missing`);
  const entries = rows.map(({ commitment }) => commitment);
  if (level === 'entries') return encodeEntryBundle(entries);
  return Buffer.concat(entries.map(leafHash));
}

async function hashFile(db: Client, tile: HashTile): Promise<Uint8Array> {
  const from = tile.index * TILE_WIDTH;
  const { rows } = await db.query<{ index: string; hash: Buffer }>(
    'select index, hash from tile_hash where level = $1 and index >= $2 and index < $3 order by index',
    [tile.level, from, from + tile.width],
  );
  const hashes = new Map(rows.map(({ index, hash }) => [Number(index), hash]));
  return encodeTile(tile, ({ index }) => {
    const hash = hashes.get(index);
    if (!hash) throw new Difference(`hash ${index} of level ${tile.level} is missing`);
    return hash;
  });
}
