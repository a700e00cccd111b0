import { inclusionPlan, parseTlogProof, proofOf, readNodes } from '@bayway/transparency';
import { z } from 'zod';
import { canonicalText } from './canonical.js';
import { readNote, type Signed } from './checkpoint-note.js';
import { bytesOf, toBase64url } from './encoding.js';
import type { Exchange } from './exchange.js';
import { At, type Bundle, BUNDLE_FORMAT, Bytes32, Objects, SIDES, type SideName } from './format.js';
import { peekExchange, peekLine, signersOf } from './peek.js';
import type { PublicEvidence, PublishedLine } from './public-evidence.js';
import { commitmentOf, ENTRY_NAMES, ENTRY_SIDES, type RecordBody, recordsOf } from './records.js';

const SaltedRecord = z.object({
  record: z.record(z.string().max(60), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())])),
  salt: Bytes32,
});
type SaltedRecord = z.infer<typeof SaltedRecord>;

/** What the two sides keep about one exchange and hand to those who took part: signed objects, records with their salts. */
export const ExchangeParts = z.object({
  objects: Objects,
  records: z.object({ importer: z.array(SaltedRecord).max(200), exporter: z.array(SaltedRecord).max(200) }),
});
export type ExchangeParts = z.infer<typeof ExchangeParts>;

/** Why a bundle could not be made. `not-witnessed-yet` passes by itself within seconds. */
export class AssemblyError extends Error {
  constructor(
    readonly code: 'parts-invalid' | 'record-missing' | 'key-missing' | 'not-witnessed-yet',
    detail: string,
  ) {
    super(`${code}: ${detail}`);
  }
}

/**
 * Makes the bundle of one exchange: adds to the parts of both sides what is public, the keys and the proofs. What it makes
 * is for `verifyBundle` to judge.
 *
 * @returns the bytes of the file
 * @throws AssemblyError, PublicEvidenceError
 */
export async function assembleBundle({ objects, records }: ExchangeParts, source: PublicEvidence): Promise<Uint8Array> {
  const exchange = peekExchange(objects);
  if (!exchange) throw new AssemblyError('parts-invalid', 'a signed object has another shape');
  const sealed = ENTRY_NAMES.map((name) => entryOf(name, exchange, records));
  const keys = await keysOf(exchange, source);
  const places = new Map<string, Place>();
  const checkpoints: Partial<Record<SideName, Signed>> = {};
  for (const side of sidesOf(exchange)) {
    const own = [...sealed, ...keys].filter((logged) => logged.side === side);
    const log = await placed(side, { commitments: own.map(({ commitment }) => commitment), exchange }, source);
    checkpoints[side] = log.signed;
    for (const [commitment, place] of log.places) places.set(`${side} ${commitment}`, place);
  }
  const placeOf = ({ side, commitment }: Logged): Place => places.get(`${side} ${toBase64url(commitment)}`) as Place;
  const entries = Object.fromEntries(
    sealed.map((entry) => [
      entry.name,
      entry.name === 'releaseKnown' ? placeOf(entry) : { ...entry.seal, ...placeOf(entry) },
    ]),
  );
  const entriesAt = sealed.map((entry) => ({ side: entry.side, index: placeOf(entry).index }));
  const evidence = SIDES.flatMap((side) => checkpoints[side]?.lines ?? []);
  const bundle: Bundle = {
    format: BUNDLE_FORMAT,
    objects,
    entries: entries as Bundle['entries'],
    keys: bundledKeys(
      before(
        keys.map((key) => ({ ...key, entered: { ...key.seal, ...placeOf(key) } })),
        entriesAt,
      ),
      evidence,
    ),
    checkpoints: Object.fromEntries(Object.entries(checkpoints).map(([side, signed]) => [side, signed.checkpoint])),
  };
  return bytesOf(canonicalText(bundle));
}

type Seal = Readonly<{ at: string; salt: string }>;
type Place = Readonly<{ index: number; proof: string[] }>;
type Logged = Readonly<{ side: SideName; commitment: Uint8Array; seal: Seal }>;

const sidesOf = ({ importer, exporter }: Exchange): SideName[] => [...new Set([exporter, importer])];

/** The kept record that the signed objects call for. */
function entryOf(name: (typeof ENTRY_NAMES)[number], exchange: Exchange, records: ExchangeParts['records']) {
  const body = recordsOf(exchange)[name];
  const keeper = name === 'releaseKnown' ? 'exporter' : ENTRY_SIDES[name];
  const kept = records[keeper].find(({ record }) => isSame(record, body));
  const at = At.safeParse(kept?.record.at).data;
  if (!kept || !at) throw new AssemblyError('record-missing', `no record \`${String(body.type)}\` of the ${keeper}`);
  const seal = { at, salt: kept.salt };
  return { name, side: exchange[ENTRY_SIDES[name]], commitment: commitmentOf(body, seal), seal };
}

const isSame = (record: SaltedRecord['record'], body: RecordBody): boolean =>
  canonicalText(record) === canonicalText({ ...body, at: record.at ?? null });

type KeyLogged = Logged & Readonly<{ line: string; index: number; kid: string }>;

/** All lines about the keys that signed. */
async function keysOf(exchange: Exchange, source: PublicEvidence): Promise<KeyLogged[]> {
  const keys = new Map<string, KeyLogged>();
  for (const { owner, kid } of signersOf(exchange)) {
    const lines = (await source.lines(owner)).flatMap((published) => lineOf(published, kid));
    if (lines.length === 0) throw new AssemblyError('key-missing', `no key of \`${owner}\` signed this`);
    for (const line of lines) keys.set(line.line, line);
  }
  return [...keys.values()];
}

function lineOf({ line, at, salt }: PublishedLine, kid: string): KeyLogged[] {
  const read = peekLine(line);
  if (read?.kid !== kid) return [];
  const seal = { at, salt };
  const commitment = commitmentOf(read.record, seal);
  return [{ side: read.side, commitment, seal, line, index: read.index, kid }];
}

/** Places of commitments under the newest checkpoint that the corridor witnessed and that covers them all. */
async function placed(
  side: SideName,
  { commitments, exchange }: { commitments: readonly Uint8Array[]; exchange: Exchange },
  source: PublicEvidence,
): Promise<{ signed: Signed; places: Map<string, Place> }> {
  const names = [...new Set(commitments.map(toBase64url))];
  const texts = await Promise.all(names.map((name) => source.proof(side, name)));
  const proofs = texts.map((text) => {
    if (text === undefined) throw new AssemblyError('not-witnessed-yet', `an entry is not in the log of \`${side}\``);
    return parseTlogProof(text);
  });
  const notes = await Promise.all(
    [...new Set(proofs.map(({ checkpoint }) => checkpoint))].map((note) => readNote(side, note, source)),
  );
  const [signed] = notes.sort((a, b) => b.checkpoint.size - a.checkpoint.size);
  const needed = sidesOf(exchange).filter((name) => name !== side);
  const by = signed?.checkpoint.cosignatures.map((cosignature) => cosignature.by) ?? [];
  if (!signed || by.length === 0 || needed.some((name) => !by.includes(name)))
    throw new AssemblyError('not-witnessed-yet', `the log of \`${side}\` is not witnessed that far`);
  const { size } = signed.checkpoint;
  const places = new Map<string, Place>();
  for (const [i, name] of names.entries()) {
    const index = proofs[i]?.index ?? 0;
    const plan = inclusionPlan(index, size);
    const hashes = proofOf(plan, await readNodes(plan.flat(), size, (tile) => source.tile(side, tile)));
    places.set(name, { index, proof: hashes.map(toBase64url) });
  }
  return { signed, places };
}

type Written = Readonly<{ side: SideName; line: string; index: number; entered?: Bundle['entries']['requestMade'] }>;

/** What was said of a key when the exchange began: its first line, and later ones that were logged before. */
function before<T extends Written & { kid: string }>(
  lines: readonly T[],
  entries: readonly Readonly<{ side: SideName; index: number }>[],
): T[] {
  const isFirst = ({ kid, index }: T): boolean => lines.every((line) => line.kid !== kid || line.index >= index);
  const isEarlier = ({ side, entered }: T): boolean =>
    entries.every((entry) => entry.side !== side || (entered?.index ?? 0) < entry.index);
  return lines.filter((line) => isFirst(line) || isEarlier(line));
}

/** Lines by directory, in their order, each once. */
function bundledKeys(signing: readonly Written[], evidence: readonly Written[]): Bundle['keys'] {
  const all = [...new Map([...signing, ...evidence].map((written) => [written.line, written])).values()];
  const sorted = all.sort((a, b) => a.index - b.index);
  const of = (side: SideName) => sorted.filter((written) => written.side === side);
  const shown = ({ line, entered }: Written) => (entered ? { line, entered } : { line });
  return Object.fromEntries(SIDES.filter((side) => of(side).length > 0).map((side) => [side, of(side).map(shown)]));
}
