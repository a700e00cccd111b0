import { decide, Facts } from '@bayway/trust-rules';
import type { Command } from './command.js';
import { answerDocuments, faultsOf, type Answer } from './documents.js';

/**
 * `bayway decide FILE`: facts documents, one JSON a line, to one decision a line, in order. A document that breaks the
 * schema makes the exit code 1. Uses no service and no network.
 */
export const decideCommand: Command = (args, terminal) => answerDocuments(args, terminal, answerTo);

function answerTo(document: unknown): Answer {
  const parsed = Facts.safeParse(document);
  return parsed.success
    ? { value: decide(parsed.data), passes: true }
    : { faults: parsed.error.issues.flatMap(faultsOf) };
}
