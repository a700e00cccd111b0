import { open } from 'node:fs/promises';
import { type ExchangeSummary, MAX_BYTES, type RefusalSummary, type Summary, verifyBundle } from '@bayway/bundle';
import { argumentsOf } from './arguments.js';
import { CommandError, EXIT, type Command } from './command.js';
import { receiptIn, verifyKept } from './receipt.js';
import { readPins } from './roots.js';

/**
 * `bayway verify FILE [--roots FILE] [--directory FILE]`: verifies an evidence bundle, or a consent receipt as she keeps it,
 * offline against the pinned roots. Exit 0 and what it shows, or exit 1 and the first check that fails, its place and why.
 */
export const verifyCommand: Command = async (args, { stdout, stderr }) => {
  const usage = 'verify BUNDLE|RECEIPT [--roots FILE] [--directory FILE]';
  const { file, values } = argumentsOf(args, { options: ['roots', 'directory'], usage });
  const pins = await readPins(values.roots);
  const bytes = await readBundle(file);
  const kept = receiptIn(bytes);
  if (kept) return verifyKept(kept, { pins, directory: values.directory }, { stdout, stderr });
  const verdict = await verifyBundle(bytes, pins);
  if (verdict.ok) {
    stdout.write(summaryText(verdict.summary));
    return EXIT.done;
  }
  const { check, name, at, detail } = verdict.fault;
  stderr.write(`not valid: check ${check} (${name}) at ${at || 'the file'}: ${detail}\n`);
  return EXIT.failed;
};

/** The file, or as much of it as shows that it is too long. */
async function readBundle(file: string): Promise<Uint8Array> {
  const handle = await open(file).catch(() => {
    throw new CommandError(`no file \`${file}\``, EXIT.usage);
  });
  try {
    const buffer = Buffer.alloc(MAX_BYTES + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length < buffer.length; length += read)
      ({ bytesRead: read } = await handle.read(buffer, length, buffer.length - length));
    return buffer.subarray(0, length);
  } catch {
    throw new CommandError(`\`${file}\` cannot be read`, EXIT.usage);
  } finally {
    await handle.close();
  }
}

/** What a bundle shows, a line each. */
export function summaryText(summary: Summary): string {
  const { importer, exporter, logs } = summary;
  const lines: readonly (readonly [string, string])[] = [
    [
      'valid',
      `data request ${summary.dataRequestId}${summary.about === 'refusal' ? ', which ended without a release' : ''}`,
    ],
    ['record', `${summary.dataset}: ${summary.items.join(', ')}`],
    ['from, to', `${exporter}/${summary.holder}, ${importer}/${summary.recipient}, for ${summary.purpose}`],
    ['requested', summary.requestedAt],
    ['importer', said(summary, 'importer')],
    ['exporter', said(summary, 'exporter')],
    ...(summary.about === 'refusal' ? endOf(summary) : courseOf(summary)),
    ...logs.map(({ side, size, witnesses }) => {
      const by = witnesses.map((witness) => `${witness.by} ${witness.at}`).join(', ');
      return ['log', `${side}, ${size} entries, witnessed by ${by}`] as const;
    }),
  ];
  return lines.map(([name, text]) => `${name.padEnd(10)}${text}\n`).join('');
}

function said(summary: Summary, role: 'importer' | 'exporter'): string {
  const assessment = summary.assessments[role];
  if (!assessment) return `${summary[role]} made no assessment`;
  const outcome = assessment.outcome === 'permit' ? 'permitted' : `said \`${assessment.outcome}\``;
  return `${summary[role]} ${outcome} by pack ${assessment.pack} (${assessment.because.join(', ')})`;
}

const courseOf = (summary: ExchangeSummary) =>
  [
    ['consent', `${summary.consentId}, given ${summary.consentGivenAt}: ${summary.acts.join(', ')}`],
    ['permitted', summary.permittedAt],
    ['released', `${summary.releasedAt}, record ${summary.recordDigest}`],
    ['received', summary.receivedAt],
  ] as const;

function endOf({ consentId, by, outcome, problem, rule }: RefusalSummary) {
  return [
    ['consent', consentId],
    [outcome, `by ${by}: ${problem}${rule === null ? '' : `, rule ${rule}`}`],
  ] as const;
}
