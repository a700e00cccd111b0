import { leafHash, TransparencyError, verifyInclusion } from '@bayway/transparency';
import { readCanonical } from './canonical.js';
import { verifyCheckpoints } from './checkpoints.js';
import { BundleFault, checkAt, type CheckNumber, type Fault } from './checks.js';
import { type Exchange, readExchange } from './exchange.js';
import { fromBase64url } from './encoding.js';
import { Bundle, type Pins, type SideName, SIDES } from './format.js';
import { type Line, verifyKeys } from './keys.js';
import { verifyLinks } from './links.js';
import { signersOf } from './peek.js';
import { commitmentOf, ENTRY_NAMES, ENTRY_SIDES, lineRecord, recordsOf } from './records.js';
import { type Signatures, webSignatures } from './signatures.js';
import { type Summary, summaryOf } from './summary.js';

/** The verdict on a bundle: what it shows, or what was wrong first. */
export type Verdict = Readonly<{ ok: true; summary: Summary } | { ok: false; fault: Fault }>;

/**
 * Verifies the evidence bundle of one exchange, offline: everything in it against the pinned roots of the three key
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
  const { data: bundle, error } = Bundle.safeParse(json);
  if (!bundle) throw new BundleFault(4, '', `not of the format: ${error.issues[0]?.path.join('/') ?? ''}`);
  const lines = await verifyKeys(bundle, pins, signatures);
  await verifyCheckpoints(bundle, { lines, signatures });
  for (const line of lines) verifyLine(bundle, line);
  const exchange = await readExchange(bundle, { lines, signatures });
  verifyLinks(exchange);
  verifyWitnesses(bundle, exchange);
  verifyEntries(bundle, exchange);
  verifyOrder(bundle, exchange, lines);
  verifyUsed(bundle, exchange, lines);
  return summaryOf(bundle, exchange);
}

type Logged = Readonly<{ check: CheckNumber; at: string; side: SideName; commitment: () => Uint8Array }>;
type Placed = Readonly<{ index: number; proof: readonly string[] }>;

/** A commitment stands at its place under the checkpoint of its log. */
function verifyLogged({ checkpoints }: Bundle, { index, proof }: Placed, logged: Logged): void {
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
function verifyLine(bundle: Bundle, line: Line): void {
  const { entered, at, jurisdiction: side } = line;
  if (!entered) return;
  const commitment = (): Uint8Array => commitmentOf(lineRecord(line), entered);
  verifyLogged(bundle, entered, { check: 10, at, side, commitment });
}

/** Check 17: the corridor’s sides signed or cosigned each checkpoint, and somebody else than the log did. */
function verifyWitnesses({ checkpoints }: Bundle, { importer, exporter }: Exchange): void {
  for (const side of SIDES) {
    const isNeeded = side === importer || side === exporter;
    const checkpoint = checkpoints[side];
    const holds = checkAt(17, `/checkpoints/${side}`);
    holds((checkpoint !== undefined) === isNeeded, 'a checkpoint of each side of the corridor, and no other');
    const by = checkpoint?.cosignatures.map((cosignature) => cosignature.by) ?? [];
    const missing = [importer, exporter].filter((corridor) => corridor !== side && !by.includes(corridor));
    holds(!isNeeded || (missing.length === 0 && by.length > 0), 'not witnessed by the other side of the corridor');
  }
}

/** Check 18: what was done is in the logs of those who did it. */
function verifyEntries(bundle: Bundle, exchange: Exchange): void {
  const records = recordsOf(exchange);
  const { entries } = bundle;
  for (const name of ENTRY_NAMES) {
    const sealed = name === 'releaseKnown' ? entries.releaseMade : entries[name];
    const commitment = (): Uint8Array => commitmentOf(records[name], sealed);
    const side = exchange[ENTRY_SIDES[name]];
    verifyLogged(bundle, entries[name], { check: 18, at: `/entries/${name}`, side, commitment });
  }
}

/** Check 19: each signing key was in the log before anything of this exchange was, with all that is said of it here. */
function verifyOrder({ entries }: Bundle, exchange: Exchange, lines: readonly Line[]): void {
  for (const { entered, at, jurisdiction } of lines) {
    const own = ENTRY_NAMES.filter((name) => exchange[ENTRY_SIDES[name]] === jurisdiction);
    const isEarlier = own.every((name) => !entered || entered.index < entries[name].index);
    checkAt(19, at)(isEarlier, 'key was entered in the log after the exchange had begun');
  }
}

/** Check 20: nothing stands in the file that nothing rests on. */
function verifyUsed({ checkpoints }: Bundle, exchange: Exchange, lines: readonly Line[]): void {
  const signing = signersOf(exchange).map(({ kid }) => kid);
  const logging = Object.values(checkpoints).flatMap(({ kid, cosignatures }) => [
    kid,
    ...cosignatures.map((c) => c.kid),
  ]);
  const used = new Set([...signing, ...logging]);
  for (const { kid, at } of lines) checkAt(20, at)(used.has(kid), 'key has signed nothing here');
}
