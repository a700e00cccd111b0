import { parseArgs } from 'node:util';
import { CommandError, EXIT } from './command.js';

/** Reads one file name and options with a value. @throws CommandError that says how to ask */
export function argumentsOf<const T extends string>(
  args: readonly string[],
  { options, usage }: { options: readonly T[]; usage: string },
): { file: string; values: Partial<Record<T, string>> } {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: Object.fromEntries(options.map((name) => [name, { type: 'string' as const }])),
    });
    const [file] = positionals;
    if (file !== undefined && positionals.length === 1) return { file, values: values as Partial<Record<T, string>> };
  } catch {
    // Said below.
  }
  throw new CommandError(`usage: bayway ${usage}`, EXIT.usage);
}
