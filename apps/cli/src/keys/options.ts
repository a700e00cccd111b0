import { parseArgs, type ParseArgsConfig } from 'node:util';
import { CommandError, EXIT } from '../command.js';

const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const MAX_MS = 90 * UNIT_MS.d;

/** Milliseconds of a duration with its unit, such as `90s`, `15m`, `24h`, `7d`; up to 90 days. @throws CommandError */
export function durationOf(flag: string, text: string): number {
  const [, count, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const length = Number(count) * UNIT_MS[(unit ?? 's') as keyof typeof UNIT_MS];
  if (count === undefined || length > MAX_MS)
    throw new CommandError(`--${flag} takes a number with its unit (90s, 15m, 24h, 7d), up to 90d`, EXIT.usage);
  return length;
}

/** A key's name: an RFC 7638 thumbprint. */
const KID = /^[A-Za-z0-9_-]{43}$/;

type Options = NonNullable<ParseArgsConfig['options']>;

/** What `args` hold: flags with a value, and exactly `count` words. @throws CommandError naming what is wrong */
export function optionsOf<T extends string>(
  args: readonly string[],
  flags: readonly T[],
  words: { count: number; usage: string; command?: string },
): { words: string[]; flags: Partial<Record<T, string>> } {
  // A key's name may begin with a dash.
  const kids = args.filter((arg) => KID.test(arg));
  const all = [...args.filter((arg) => !KID.test(arg)), '--', ...kids];
  const options: Options = Object.fromEntries(flags.map((flag) => [flag, { type: 'string' as const }]));
  try {
    const { values, positionals } = parseArgs({ args: all, options, allowPositionals: true, strict: true });
    if (positionals.length === words.count) return { words: positionals, flags: values as Partial<Record<T, string>> };
  } catch {
    // The library's own message may quote what was given; a passphrase given as an argument is not repeated.
  }
  throw new CommandError(`usage: bayway ${words.command ?? 'keys'} ${words.usage}`, EXIT.usage);
}
