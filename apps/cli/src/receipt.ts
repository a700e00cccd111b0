import { join } from 'node:path';
import type { Pins } from '@bayway/bundle';
import { ActClaims, ConsentReceiptClaims, KeptReceipt } from '@bayway/contracts';
import { Jurisdiction } from '@bayway/domain';
import { EnvelopeError, KeyDirectory, readDirectory, verifyReceipt } from '@bayway/envelope';
import { z } from 'zod';
import { CommandError, EXIT, type Terminal } from './command.js';
import { linesFrom } from './keys/directory.js';

/** A consent receipt as she keeps it, `{ receipt, acts, shown }`, or null when the file is something else. */
export function receiptIn(bytes: Uint8Array): KeptReceipt | null {
  try {
    return KeptReceipt.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return null;
  }
}

type Trust = Readonly<{ pins: Pins; directory: string | undefined }>;

/**
 * Verifies it with nothing but the pinned root and the exporter's key directory: the signature, that the acts are those it
 * names, each signed by the exporter's identity service, and that the page is byte for byte the one she was shown.
 * A later withdrawal is not seen.
 * @param directory a file of the exporter's signed lines; absent: of the system on this machine
 */
export async function verifyKept(
  kept: KeptReceipt,
  { pins, directory }: Trust,
  { stdout, stderr }: Pick<Terminal, 'stdout' | 'stderr'>,
): Promise<number> {
  try {
    const exporter = exporterIn(kept.receipt);
    const lines = await linesFrom(directory ?? ofThisMachine(exporter));
    const keys = new KeyDirectory(await readDirectory(exporter, pins[exporter], lines));
    const shapes = { receipt: ConsentReceiptClaims, act: ActClaims };
    stdout.write(receiptText(await verifyReceipt(kept, { keys, shapes })));
    return EXIT.done;
  } catch (error) {
    if (!(error instanceof EnvelopeError)) throw error;
    stderr.write(`not valid: ${error.code}: ${error.detail}\n`);
    return EXIT.failed;
  }
}

function ofThisMachine(exporter: Jurisdiction): string {
  const home = process.env['BAYWAY_HOME'];
  if (home === undefined)
    throw new CommandError('no system on this machine; name the key directory with --directory', EXIT.usage);
  return join(home, 'keys', exporter, 'directory.jsonl');
}

const Named = z.object({ exporter: Jurisdiction });

/** Whose directory is needed; nothing of the receipt is believed yet. @throws EnvelopeError when it names nobody */
function exporterIn(receipt: string): Jurisdiction {
  try {
    return Named.parse(JSON.parse(Buffer.from(receipt.split('.')[1] ?? '', 'base64url').toString())).exporter;
  } catch (cause) {
    throw new EnvelopeError('signature-invalid', 'receipt names no exporter', { cause });
  }
}

/** What a receipt shows, a line each. */
function receiptText(claims: ConsentReceiptClaims): string {
  const { consentId, state, iat, iss, notice, acts, processing, holder, recipient } = claims;
  const lines: readonly (readonly [string, string])[] = [
    ['valid', `receipt of consent ${consentId}`],
    ['state', `${state} at ${new Date(iat * 1000).toISOString()}, signed by ${iss}`],
    ['record', `${processing.dataset}: ${processing.items.map(({ id }) => id).join(', ')}`],
    ['from, to', `${holder.id}, ${recipient.id}, for ${processing.purpose.code}`],
    ['acts', acts.map(({ kind, answer }) => `${kind}: ${answer}`).join(', ')],
    ['shown', `${notice.shown} (${notice.language})`],
  ];
  return lines.map(([name, text]) => `${name.padEnd(10)}${text}\n`).join('');
}
