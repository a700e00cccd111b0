import { leafHash, TransparencyError, verifyInclusion } from '@bayway/transparency';
import { readCanonical } from './canonical.js';
import { verifyCheckpoints } from './checkpoints.js';
import { BundleFault, checkAt, type CheckNumber, type Fault } from './checks.js';
import type { Claimed } from './claimed.js';
import { fromBase64url } from './encoding.js';
import { type Known, readExchange } from './exchange.js';
import { AnyBundle, BUNDLE_FORMAT, type Pins, type SideName, SIDES } from './format.js';
import { type Line, verifyKeys } from './keys.js';
import { verifyLinks } from './links.js';
import { claimedByExchange, commitmentOf, lineRecord } from './records.js';
import { claimedByRefusal, readRefused, verifyRefusal } from './refusal.js';
import { type Signatures, webSignatures } from './signatures.js';
import { refusalSummaryOf, type Summary, summaryOf } from './summary.js';

/** The verdict on a bundle: what it shows, or what was wrong first. */
export type Verdict = Readonly<{ ok: true; summary: Summary } | { ok: false; fault: Fault }>;

/**
 * Verifies the evidence bundle of one exchange, or of its refusal, offline: everything in it against the pinned roots of the three key
 * directories and nothing else. Runs in node and in browsers (WebCrypto with Ed25519).
 *
 * @param bytes the file as it is
 * @example const verdict = await verifyBundle(await readFile('exchange.json'), pins);
 */
export async function verifyBundle(
  bytes: Uint8Array,
  pins: Pins,
  signatures: Signatures = webSignatures(),
): Promise<Verdict> {
  try {
    return { ok: true, summary: await verified(bytes, pins, signatures) };
  } catch (error) {
    if (error instanceof BundleFault) return { ok: false, fault: error.fault };
    throw error;
  }
}

async function verified(bytes: Uint8Array, pins: Pins, signatures: Signatures): Promise<Summary> {
  const json = readCanonical(bytes);
  const { data: bundle, error } = AnyBundle.safeParse(json);
  if (!bundle) throw new BundleFault(4, '', `not of the format: ${error.issues[0]?.path.join('/') ?? ''}`);
  const lines = await verifyKeys(bundle, pins, signatures);
  await verifyCheckpoints(bundle, { lines, signatures });
  for (const line of lines) verifyLine(bundle, line);
  const { claimed, summary } = await read(bundle, { lines, signatures });
  verifyWitnesses(bundle, claimed);
  verifyEntries(bundle, claimed);
  verifyOrder(bundle, claimed, lines);
  verifyUsed(bundle, claimed, lines);
  return summary;
}

/** What the signed objects say and call for: checks 11 to 16. */
async function read(bundle: AnyBundle, known: Known): Promise<{ claimed: Claimed; summary: Summary }> {
  if (bundle.format === BUNDLE_FORMAT) {
    const exchange = await readExchange(bundle, known);
    verifyLinks(exchange);
    return { claimed: claimedByExchange(exchange), summary: summaryOf(bundle, exchange) };
  }
  const refused = await readRefused(bundle, known);
  verifyRefusal(refused);
  return { claimed: claimedByRefusal(refused), summary: refusalSummaryOf(bundle, refused) };
}

type Logged = Readonly<{ check: CheckNumber; at: string; side: SideName; commitment: () => Uint8Array }>;
type Placed = Readonly<{ index: number; proof: readonly string[] }>;

/** A commitment stands at its place under the checkpoint of its log. */
function verifyLogged({ checkpoints }: AnyBundle, { index, proof }: Placed, logged: Logged): void {
  const { check, at, side, commitment } = logged;
  const checkpoint = checkpoints[side];
  if (!checkpoint) throw new BundleFault(check, at, 'its log has no checkpoint here');
  const { size, root } = checkpoint;
  try {
    const leaf = leafHash(commitment());
    verifyInclusion({ index, size, leaf, root: fromBase64url(root), proof: proof.map(fromBase64url) });
  } catch (error) {
    if (!(error instanceof TransparencyError)) throw error;
    throw new BundleFault(check, at, 'its record is not at this place in the log');
  }
}

/** Check 10: keys that sign objects were entered in the log. */
function verifyLine(bundle: AnyBundle, line: Line): void {
  const { entered, at, jurisdiction: side } = line;
  if (!entered) return;
  const commitment = (): Uint8Array => commitmentOf(lineRecord(line), entered);
  verifyLogged(bundle, entered, { check: 10, at, side, commitment });
}

/** Check 17: the sides concerned signed or cosigned each checkpoint, and somebody else than the log did. */
function verifyWitnesses({ checkpoints }: AnyBundle, { sides }: Claimed): void {
  for (const side of SIDES) {
    const isNeeded = sides.includes(side);
    const checkpoint = checkpoints[side];
    const holds = checkAt(17, `/checkpoints/${side}`);
    holds((checkpoint !== undefined) === isNeeded, 'a checkpoint of each side concerned, and no other');
    const by = checkpoint?.cosignatures.map((cosignature) => cosignature.by) ?? [];
    const missing = sides.filter((other) => other !== side && !by.includes(other));
    holds(!isNeeded || (missing.length === 0 && by.length > 0), 'not witnessed by the other side of the corridor');
  }
}

/** Entries by name; which are there follows from the format and from what the objects call for. */
const entriesOf = ({ entries }: AnyBundle) => entries as Readonly<Record<string, Placed & Sealed>>;
type Sealed = Readonly<{ at: string; salt: string }>;

/** Check 18: what was done is in the logs of those who did it. */
function verifyEntries(bundle: AnyBundle, claimed: Claimed): void {
  const entries = entriesOf(bundle);
  for (const { name, side, record, sealedAs } of claimed.entries) {
    const commitment = (): Uint8Array => commitmentOf(record, entries[sealedAs ?? name] as Sealed);
    verifyLogged(bundle, entries[name] as Placed, { check: 18, at: `/entries/${name}`, side, commitment });
  }
}

/** Check 19: each signing key was in the log before anything of this exchange was, with all that is said of it here. */
function verifyOrder(bundle: AnyBundle, claimed: Claimed, lines: readonly Line[]): void {
  const entries = entriesOf(bundle);
  for (const { entered, at, jurisdiction } of lines) {
    const own = claimed.entries.filter(({ side }) => side === jurisdiction);
    const isEarlier = own.every(({ name }) => !entered || entered.index < (entries[name] as Placed).index);
    checkAt(19, at)(isEarlier, 'key was entered in the log after the exchange had begun');
  }
}

/** Check 20: nothing stands in the file that nothing rests on. */
function verifyUsed({ checkpoints }: AnyBundle, { signers }: Claimed, lines: readonly Line[]): void {
  const signing = signers.map(({ kid }) => kid);
  const logging = Object.values(checkpoints).flatMap(({ kid, cosignatures }) => [
    kid,
    ...cosignatures.map((c) => c.kid),
  ]);
  const used = new Set([...signing, ...logging]);
  for (const { kid, at } of lines) checkAt(20, at)(used.has(kid), 'key has signed nothing here');
}
