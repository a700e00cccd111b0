import { keyState, type DirectoryEntry, type KeyState } from '@bayway/envelope';
import { EXIT, type Command } from '../command.js';
import { directoryIn } from './directory.js';
import { optionsOf } from './options.js';

const COLUMNS = ['state', 'use', 'owner', 'from', 'to', 'kid'] as const;
type Row = Readonly<Record<(typeof COLUMNS)[number], string>>;

const rowOf = (entry: DirectoryEntry, state: KeyState): Row => ({
  state,
  use: entry.use,
  owner: entry.owner,
  from: entry.from,
  to: entry.revokedAt ?? entry.to ?? '-',
  kid: entry.kid,
});

/** `bayway keys list`: every key of the directory, one a line, in columns; `to` of a revoked key is when it was revoked. */
export const listKeys: Command = async (args, { stdout }) => {
  const { flags } = optionsOf(args, ['dir'], { count: 0, usage: 'list [--dir FOLDER]' });
  const { directory } = await directoryIn(flags.dir ?? '.');
  const now = new Date();
  const rows = directory.latest().map((entry) => rowOf(entry, keyState(entry, now)));
  rows.sort((a, b) => a.owner.localeCompare(b.owner) || a.use.localeCompare(b.use) || a.from.localeCompare(b.from));
  const titles = Object.fromEntries(COLUMNS.map((column) => [column, column])) as Row;
  const width = (column: keyof Row): number => Math.max(...[titles, ...rows].map((row) => row[column].length));
  const widths = COLUMNS.map(width);
  for (const row of [titles, ...rows])
    stdout.write(
      `${COLUMNS.map((column, i) => row[column].padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd()}\n`,
    );
  return EXIT.done;
};
