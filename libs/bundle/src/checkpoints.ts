import { cosignatureMessage, formatCheckpoint } from '@bayway/transparency';
import { checkAt } from './checks.js';
import { bytesOf, fromBase64url } from './encoding.js';
import { type AnyBundle, type Checkpoint, originOf, type SideName, SIDES } from './format.js';
import { isValidAt, type Line, linesOf } from './keys.js';
import type { Signatures } from './signatures.js';

type Known = Readonly<{ lines: readonly Line[]; signatures: Signatures }>;

/** Verifies each checkpoint's log signature and cosignatures: checks 8 and 9. @throws BundleFault */
export async function verifyCheckpoints({ checkpoints }: AnyBundle, known: Known): Promise<void> {
  for (const side of SIDES) {
    const checkpoint = checkpoints[side];
    if (!checkpoint) continue;
    const { size, root } = checkpoint;
    const text = formatCheckpoint({ origin: originOf(side), size, root: fromBase64url(root) });
    await verifyLog(side, { checkpoint, text }, known);
    await verifyCosignatures(side, { checkpoint, text }, known);
  }
}

type Noted = Readonly<{ checkpoint: Checkpoint; text: string }>;

async function verifyLog(side: SideName, { checkpoint, text }: Noted, { lines, signatures }: Known): Promise<void> {
  const holds = checkAt(8, `/checkpoints/${side}`);
  const { kid, signature, cosignatures } = checkpoint;
  const key = linesOf(lines, kid).at(-1);
  holds(key?.use === 'log' && key.owner === `${side}/evidence`, 'log key is not in the directory');
  const isSigned = await signatures.ed25519(key?.key.x ?? '', bytesOf(text), fromBase64url(signature));
  holds(isSigned, 'not signed by its log');
  const first = Math.min(...cosignatures.map(({ time }) => time));
  holds(cosignatures.length === 0 || (!!key && isValidAt(key, first)), 'log key was not valid then');
}

async function verifyCosignatures(
  side: SideName,
  { checkpoint, text }: Noted,
  { lines, signatures }: Known,
): Promise<void> {
  for (const [i, { by, kid, time, signature }] of checkpoint.cosignatures.entries()) {
    const holds = checkAt(9, `/checkpoints/${side}/cosignatures/${i}`);
    const before = checkpoint.cosignatures[i - 1]?.by ?? '';
    holds(by !== side && by > before, 'a log does not witness itself, and each witness signs once');
    const key = linesOf(lines, kid).at(-1);
    holds(key?.use === 'witness' && key.owner === `${by}/evidence`, 'witness key is not in the directory');
    const message = cosignatureMessage(text, time);
    holds(await signatures.ed25519(key?.key.x ?? '', message, fromBase64url(signature)), 'not signed by the witness');
    holds(!!key && isValidAt(key, time), 'witness key was not valid then');
  }
}
