import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { z } from 'zod';
import { CommandError, EXIT, type Terminal } from './command.js';
import { linesOf, type Line } from './lines.js';

/** Longest document, in characters. */
const MAX_DOCUMENT = 1_048_576;

/** What is wrong with a document: where (RFC 6901 pointer, empty for the whole document) and what. */
export type Fault = Readonly<{ pointer: string; detail: string }>;

/** What a document is answered with, and whether that lets the command end with 0; or `taken` without an answer. */
export type Answer =
  Readonly<{ faults: readonly Fault[] }> | Readonly<{ value: object; passes: boolean }> | Readonly<{ taken: true }>;

/**
 * Answers documents, one JSON a line, with one line each, in order. One that is faulty gets an error line
 * `{ "line", "errors": [{ "pointer", "detail" }] }` in its place (and on the error output), and the rest goes on. Blank
 * lines are passed over. Values of a document are never repeated.
 * @param args the one file, or `-` for the standard input
 * @returns the exit code: 0 when every document passed
 */
export async function answerDocuments(
  args: readonly string[],
  terminal: Terminal,
  answerTo: (document: unknown) => Answer,
): Promise<number> {
  const input = await inputOf(args, terminal);
  let failed = 0;
  for await (const line of linesOf(input as AsyncIterable<unknown>, MAX_DOCUMENT)) {
    if (line.text?.trim() === '') continue;
    const answer = answerLine(line, answerTo);
    if ('taken' in answer) continue;
    if (!('value' in answer && answer.passes)) failed += 1;
    await writeLine(terminal.stdout, 'value' in answer ? answer.value : faulty(line.number, answer.faults, terminal));
  }
  return failed === 0 ? EXIT.done : EXIT.failed;
}

async function inputOf([file, ...more]: readonly string[], { stdin }: Terminal): Promise<NodeJS.ReadableStream> {
  if (file === undefined || more.length > 0)
    throw new CommandError('give one file of documents, or `-` for the standard input', EXIT.usage);
  return file === '-' ? stdin : openFile(file);
}

async function openFile(file: string): Promise<NodeJS.ReadableStream> {
  const found = await stat(file).catch(() => undefined);
  if (!found) throw new CommandError(`no file \`${file}\``, EXIT.usage);
  if (found.isDirectory()) throw new CommandError(`\`${file}\` is a directory`, EXIT.usage);
  return createReadStream(file);
}

function answerLine({ text }: Line, answerTo: (document: unknown) => Answer): Answer {
  if (text === undefined) return { faults: [{ pointer: '', detail: `longer than ${MAX_DOCUMENT} characters` }] };
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, which may hold personal data.
    return { faults: [{ pointer: '', detail: 'not a JSON document' }] };
  }
  return answerTo(document);
}

/** The faults of an issue: an unknown member is named by its own pointer. */
export function faultsOf(issue: z.core.$ZodIssue): Fault[] {
  const pointer = pointerTo(issue.path);
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ pointer: pointer + pointerTo([key]), detail: 'unknown member' }));
  return [{ pointer, detail: issue.message.charAt(0).toLowerCase() + issue.message.slice(1) }];
}

const pointerTo = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** The line in place of an answer; the same is said on the error output. */
function faulty(line: number, errors: readonly Fault[], { stderr }: Terminal): object {
  for (const { pointer, detail } of errors) stderr.write(`line ${line}: ${pointer || '(document)'}: ${detail}\n`);
  return { line, errors };
}

/** Writes a JSON line and waits while the reader is slower than we are, so that memory does not grow. */
export async function writeLine(stream: NodeJS.WritableStream, value: unknown): Promise<void> {
  if (!stream.write(`${JSON.stringify(value)}\n`)) await once(stream, 'drain');
}
