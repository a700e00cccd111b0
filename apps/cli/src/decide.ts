import { decide, Facts } from '@bayway/trust-rules';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { z } from 'zod';
import { CommandError, EXIT, type Command, type Terminal } from './command.js';
import { linesOf, type Line } from './lines.js';

/** Longest facts document, in characters. */
const MAX_DOCUMENT = 1_048_576;

/** What is wrong with a document: where (RFC 6901 pointer, empty for the whole document) and what. */
type Fault = Readonly<{ pointer: string; detail: string }>;
type Answer = Readonly<{ faults: readonly Fault[] }> | Readonly<{ decision: ReturnType<typeof decide> }>;

/**
 * `bayway decide FILE`: facts documents, one JSON a line, to one decision a line, in order. A document that breaks the
 * schema gets an error line `{ "line", "errors": [{ "pointer", "detail" }] }` in its place (and on the error output),
 * the rest goes on, and the exit code is 1. Blank lines are passed over. Uses no service and no network.
 */
export const decideCommand: Command = async (args, terminal) => {
  const [file] = args;
  if (file === undefined || args.length > 1)
    throw new CommandError('give one file of facts documents, or `-` for the standard input', EXIT.usage);
  const input = file === '-' ? terminal.stdin : await openFile(file);
  let faulty = 0;
  for await (const line of linesOf(input as AsyncIterable<unknown>, MAX_DOCUMENT)) {
    if (line.text?.trim() === '') continue;
    const answer = answerTo(line);
    if ('faults' in answer) {
      faulty += 1;
      report(line.number, answer.faults, terminal);
    }
    await writeLine(
      terminal.stdout,
      'faults' in answer ? { line: line.number, errors: answer.faults } : answer.decision,
    );
  }
  return faulty === 0 ? EXIT.done : EXIT.failed;
};

async function openFile(file: string): Promise<NodeJS.ReadableStream> {
  const found = await stat(file).catch(() => undefined);
  if (!found) throw new CommandError(`no file \`${file}\``, EXIT.usage);
  if (found.isDirectory()) throw new CommandError(`\`${file}\` is a directory`, EXIT.usage);
  return createReadStream(file);
}

function answerTo({ text }: Line): Answer {
  if (text === undefined) return { faults: [{ pointer: '', detail: `longer than ${MAX_DOCUMENT} characters` }] };
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, which may hold personal data.
    return { faults: [{ pointer: '', detail: 'not a JSON document' }] };
  }
  const parsed = Facts.safeParse(document);
  return parsed.success ? { decision: decide(parsed.data) } : { faults: parsed.error.issues.flatMap(faultsOf) };
}

/** The faults of an issue: an unknown member is named by its own pointer. */
function faultsOf(issue: z.core.$ZodIssue): Fault[] {
  const pointer = pointerTo(issue.path);
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ pointer: pointer + pointerTo([key]), detail: 'unknown member' }));
  return [{ pointer, detail: issue.message.charAt(0).toLowerCase() + issue.message.slice(1) }];
}

const pointerTo = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

function report(line: number, faults: readonly Fault[], { stderr }: Terminal): void {
  for (const { pointer, detail } of faults) stderr.write(`line ${line}: ${pointer || '(document)'}: ${detail}\n`);
}

/** Writes a JSON line and waits while the reader is slower than we are, so that memory does not grow. */
async function writeLine(stream: NodeJS.WritableStream, value: unknown): Promise<void> {
  if (!stream.write(`${JSON.stringify(value)}\n`)) await once(stream, 'drain');
}
