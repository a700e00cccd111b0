import { inclusionPlan, parseTlogProof, proofOf, readNodes, TransparencyError } from '@bayway/transparency';
import { z } from 'zod';
import { canonicalText } from './canonical.js';
import { readNote, type Signed } from './checkpoint-note.js';
import { bytesOf, toBase64url } from './encoding.js';
import {
  type AnyBundle,
  At,
  type Bundle,
  BUNDLE_FORMAT,
  Bytes32,
  type Entry,
  Objects,
  Refusal,
  REFUSAL_FORMAT,
  RefusedObjects,
  SIDES,
  type SideName,
} from './format.js';
import type { Claimed, ClaimedEntry } from './claimed.js';
import { peekExchange, peekLine, peekRefused } from './peek.js';
import { type PublicEvidence, PublicEvidenceError, type PublishedLine } from './public-evidence.js';
import { claimedByExchange, commitmentOf, type RecordBody } from './records.js';
import { claimedByRefusal } from './refusal.js';

const SaltedRecord = z.object({
  record: z.record(z.string().max(60), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())])),
  salt: Bytes32,
});
type SaltedRecord = z.infer<typeof SaltedRecord>;

const Records = z.object({ importer: z.array(SaltedRecord).max(200), exporter: z.array(SaltedRecord).max(200) });
type Records = z.infer<typeof Records>;

/** What the two sides keep about one exchange and hand to those who took part: signed objects, records with their salts. */
export const ExchangeParts = z.object({ objects: Objects, records: Records });
export type ExchangeParts = z.infer<typeof ExchangeParts>;

/** The same of a request that ended without a release. Records of the exporter are there if it had the request. */
export const RefusalParts = z.object({ objects: RefusedObjects, refusal: Refusal, records: Records });
export type RefusalParts = z.infer<typeof RefusalParts>;

/** Parts of either kind. */
export const Parts = z.union([RefusalParts, ExchangeParts]);
export type Parts = z.infer<typeof Parts>;

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
 * Makes the bundle of one exchange, or of its refusal: adds to the parts of both sides what is public, the keys and the
 * proofs. What it makes is for `verifyBundle` to judge.
 *
 * @returns the bytes of the file
 * @throws AssemblyError, PublicEvidenceError
 */
export async function assembleBundle(parts: Parts, source: PublicEvidence): Promise<Uint8Array> {
  const claimed = claimedBy(parts);
  const { sides } = claimed;
  const sealed = claimed.entries.map((entry) => sealedEntry(entry, parts.records));
  const keys = await keysOf(claimed, source);
  const places = new Map<string, Place>();
  const checkpoints: Partial<Record<SideName, Signed>> = {};
  for (const side of sides) {
    const own = [...sealed, ...keys].filter((logged) => logged.side === side);
    const asked = { commitments: own.map(({ commitment }) => commitment), sides };
    const log = await placed(side, asked, source).catch((error: unknown) => {
      if (!(error instanceof TransparencyError)) throw error;
      throw new PublicEvidenceError(`the evidence service of \`${side}\` answers in another shape`, { cause: error });
    });
    checkpoints[side] = log.signed;
    for (const [commitment, place] of log.places) places.set(`${side} ${commitment}`, place);
  }
  const placeOf = ({ side, commitment }: Logged): Place => places.get(`${side} ${toBase64url(commitment)}`) as Place;
  const entries = sealed.map((entry) => ({ ...entry, place: placeOf(entry) }));
  const entriesAt = entries.map(({ side, place }) => ({ side, index: place.index }));
  const entered = keys.map((key) => ({ ...key, entered: { ...key.seal, ...placeOf(key) } }));
  const evidence = SIDES.flatMap((side) => checkpoints[side]?.lines ?? []);
  const shared = {
    keys: bundledKeys(before(entered, entriesAt), evidence),
    checkpoints: Object.fromEntries(Object.entries(checkpoints).map(([side, signed]) => [side, signed.checkpoint])),
    entries: Object.fromEntries(
      entries.map(({ name, sealedAs, seal, place }) => [name, sealedAs ? place : { ...seal, ...place }]),
    ) as never,
  };
  const bundle: AnyBundle =
    'refusal' in parts
      ? { format: REFUSAL_FORMAT, objects: parts.objects, refusal: parts.refusal, ...shared }
      : { format: BUNDLE_FORMAT, objects: parts.objects, ...shared };
  return bytesOf(canonicalText(bundle));
}

function claimedBy(parts: Parts): Claimed {
  if ('refusal' in parts) {
    const refused = peekRefused(parts.objects, { refusal: parts.refusal, isAbroad: parts.records.exporter.length > 0 });
    if (refused) return claimedByRefusal(refused);
  } else {
    const exchange = peekExchange(parts.objects);
    if (exchange) return claimedByExchange(exchange);
  }
  throw new AssemblyError('parts-invalid', 'a signed object has another shape');
}

type Seal = Readonly<{ at: string; salt: string }>;
type Place = Readonly<{ index: number; proof: string[] }>;
type Logged = Readonly<{ side: SideName; commitment: Uint8Array; seal: Seal }>;

/** The kept record that the signed objects call for. */
function sealedEntry(entry: ClaimedEntry, records: Records): ClaimedEntry & Logged {
  const { record: body, keeper } = entry;
  const kept = records[keeper].find(({ record }) => isSame(record, body));
  const at = At.safeParse(kept?.record.at).data;
  if (!kept || !at) throw new AssemblyError('record-missing', `no record \`${String(body.type)}\` of the ${keeper}`);
  const seal = { at, salt: kept.salt };
  return { ...entry, commitment: commitmentOf(body, seal), seal };
}

const isSame = (record: SaltedRecord['record'], body: RecordBody): boolean =>
  canonicalText(record) === canonicalText({ ...body, at: record.at ?? null });

type KeyLogged = Logged & Readonly<{ line: string; index: number; kid: string }>;

/** All lines about the keys that signed. */
async function keysOf({ signers }: Claimed, source: PublicEvidence): Promise<KeyLogged[]> {
  const keys = new Map<string, KeyLogged>();
  for (const { owner, kid } of signers) {
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
  { commitments, sides }: { commitments: readonly Uint8Array[]; sides: readonly SideName[] },
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
  const needed = sides.filter((name) => name !== side);
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

type Written = Readonly<{ side: SideName; line: string; index: number; entered?: Entry }>;

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
