import { logOrigin } from '@bayway/contracts';
import { JURISDICTIONS, type Jurisdiction } from '@bayway/domain';
import { commitmentTo, digestOf } from '@bayway/envelope';
import {
  type CheckpointTrust,
  HASH_SIZE,
  openCheckpoint,
  openNote,
  parseCheckpoint,
  parseSignatures,
  rootNodes,
  TILE_WIDTH,
  verifySignatures,
} from '@bayway/transparency';
import type { Client } from 'pg';
import { Difference } from './difference.js';
import { type Directories, trustIn, verified, verifiers } from './trust.js';
import type { FsckOptions } from './options.js';

/** Whose database it is, and what is pinned and published. */
type Place = Readonly<{ log: Jurisdiction; options: FsckOptions; directories: Directories }>;

/** What the tables hold beside what a log publishes, compared with the audited log of `size` entries. */
export async function checkRest(db: Client, size: number, place: Place): Promise<void> {
  await checkCounts(db, size);
  await checkCheckpoints(db, place);
  await checkWitnessed(db, place);
  await checkDirectory(db, place);
}

/** No entry and no hash that no checkpoint covers. */
async function checkCounts(db: Client, size: number): Promise<void> {
  const { rows: stray } = await db.query<{ index: string }>(
    'select index from log_entry where index >= $1 order by index limit 1',
    [size],
  );
  if (stray[0]) throw new Difference(`entry ${stray[0].index} is under no checkpoint`);
  const { rows } = await db.query<{ level: number; top: string }>(
    'select level, max(index) top from tile_hash group by 1',
  );
  for (const { level, top } of rows)
    if (Number(top) >= Math.floor(size / TILE_WIDTH ** level))
      throw new Difference(`hash ${top} of level ${level} is under no checkpoint`);
}

type CheckpointRow = Readonly<{
  size: string;
  root: Buffer;
  peaks: Buffer;
  note: string;
  cosignatures: { witness: string; line: string }[];
}>;

const CHECKPOINTS = `
  select size, root, peaks, note,
         coalesce((select json_agg(json_build_object('witness', witness, 'line', line) order by witness)
                     from cosignature s where s.size = c.size), '[]') as cosignatures
    from checkpoint c where size > $1 order by size limit 500`;

/** The columns beside a note say what the note says, and every cosignature is its witness's. */
async function checkCheckpoints(db: Client, { log, directories }: Place): Promise<void> {
  const trust = trustIn(directories, log);
  for (let after = '-1'; ;) {
    const { rows } = await db.query<CheckpointRow>(CHECKPOINTS, [after]);
    for (const row of rows) await checkCosignatures(row, await checkColumns(row, trust), trust);
    const last = rows.at(-1);
    if (!last) return;
    after = last.size;
  }
}

/** Answers the text that was signed. */
async function checkColumns(row: CheckpointRow, { origin, log }: CheckpointTrust): Promise<string> {
  const { checkpoint, text } = await openCheckpoint(row.note, { origin, log });
  const isSame =
    checkpoint.size === Number(row.size) &&
    row.root.equals(checkpoint.root) &&
    row.peaks.length === HASH_SIZE * rootNodes(checkpoint.size).length;
  if (!isSame) throw new Difference(`row of checkpoint ${row.size} does not say what its note says`);
  return text;
}

async function checkCosignatures(row: CheckpointRow, text: string, { cosigners = [] }: CheckpointTrust): Promise<void> {
  for (const { witness, line } of row.cosignatures) {
    const signed = await verifySignatures(text, parseSignatures(line), cosigners);
    if (signed.length !== 1 || signed[0]?.name !== witness)
      throw new Difference(`cosignature of ${witness} under checkpoint ${row.size} is not its own`);
  }
}

type WitnessedRow = Readonly<{ origin: string; size: string; root: Buffer; note: string }>;

/** What this witness remembers it has signed. */
async function checkWitnessed(db: Client, { log, directories }: Place): Promise<void> {
  const known = JURISDICTIONS.filter((j) => j !== log).map(logOrigin);
  const { rows } = await db.query<WitnessedRow>('select origin, size, root, note from witnessed order by origin');
  for (const { origin, size, root, note } of rows) {
    const { text } = await openNote(note, verifiers(directories, { owner: log, use: 'witness' }));
    const signed = parseCheckpoint(text);
    const isSame = signed.origin === origin && signed.size === Number(size) && root.equals(signed.root);
    if (!isSame || !known.includes(origin))
      throw new Difference(`what is remembered as witnessed of ${origin} was not signed`);
  }
}

type KeyRow = Readonly<{ record: { type: string; line: string }; salt: string | null; commitment: string }>;

/** The published key directory follows from its root, and each of its lines is in the log. */
async function checkDirectory(db: Client, { log, options }: Place): Promise<void> {
  const { rows: lines } = await db.query<{ line: string }>('select line from directory_line order by index');
  await verified(
    log,
    options.roots[log],
    lines.map(({ line }) => line),
  );
  const { rows } = await db.query<KeyRow>(
    `select record, salt, e.commitment from evidence_record e,
            decode(translate(e.commitment, '-_', '+/') || '=', 'base64') as bytes
      where type = 'key.entered' and (exists (select from log_entry l where l.commitment = bytes)
                                      or exists (select from pending_entry p where p.commitment = bytes))`,
  );
  const logged = rows.filter(({ record, salt, commitment }) => !salt || commitmentTo(salt, record) === commitment);
  const entered = new Set(logged.map(({ record }) => record.line));
  const missing = lines.findIndex(({ line }) => !entered.has(digestOf(line)));
  if (missing >= 0) throw new Difference(`line ${missing} of the key directory is not in the log`);
}
