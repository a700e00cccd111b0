import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  assembleBundle,
  AssemblyError,
  Parts,
  publicEvidence,
  PublicEvidenceError,
  verifyBundle,
} from '@bayway/bundle';
import { z } from 'zod';
import { argumentsOf } from './arguments.js';
import { CommandError, EXIT, type Command } from './command.js';
import { parsed, readPins, readText } from './roots.js';
import { summaryText } from './verify.js';

const USAGE = 'bundle PARTS --evidence URLS --out BUNDLE [--roots FILE]';
const WAIT_MS = 30_000;
const AGAIN_MS = 500;
const Urls = z.strictObject({ cn: z.url(), hk: z.url(), mo: z.url() });

/**
 * `bayway bundle PARTS --evidence URLS --out BUNDLE`: makes an evidence bundle of what the importer's broker answered its
 * partner (`GET /data-requests/:id/evidence`, saved as PARTS), with keys and proofs of the evidence services, and writes it
 * only when it verifies. URLS is a file or a text `{"cn": …, "hk": …, "mo": …}`. Waits up to 30 s for the witnesses.
 */
export const bundleCommand: Command = async (args, { stdout, stderr }) => {
  const { file, values } = argumentsOf(args, { options: ['evidence', 'out', 'roots'], usage: USAGE });
  const { evidence, out, roots } = values;
  if (!evidence || !out) throw new CommandError(`usage: bayway ${USAGE}`, EXIT.usage);
  const urls = Urls.safeParse(parsed(evidence.startsWith('{') ? evidence : await readText(evidence)));
  const parts = Parts.safeParse(parsed(await readText(file)));
  if (!urls.success) throw new CommandError('`--evidence` does not name the three evidence services', EXIT.usage);
  if (!parts.success)
    throw new CommandError(`\`${file}\` does not hold the parts of an exchange or a refusal`, EXIT.usage);
  const pins = await readPins(roots);
  const bytes = await assembled(parts.data, urls.data);
  const verdict = await verifyBundle(bytes, pins);
  if (!verdict.ok) {
    const { check, name, at, detail } = verdict.fault;
    stderr.write(`not valid: check ${check} (${name}) at ${at || 'the file'}: ${detail}\n`);
    return EXIT.failed;
  }
  await writeFile(out, bytes);
  stdout.write(summaryText(verdict.summary));
  return EXIT.done;
};

/** An entry is witnessed within seconds; a side that is away may take longer. */
async function assembled(parts: Parts, urls: z.infer<typeof Urls>): Promise<Uint8Array> {
  const source = publicEvidence(urls);
  for (const end = Date.now() + WAIT_MS; ; await sleep(AGAIN_MS)) {
    try {
      return await assembleBundle(parts, source);
    } catch (error) {
      if (error instanceof AssemblyError && error.code === 'not-witnessed-yet' && Date.now() < end) continue;
      if (error instanceof AssemblyError || error instanceof PublicEvidenceError) throw new CommandError(error.message);
      throw error;
    }
  }
}
