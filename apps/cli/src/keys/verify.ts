import { digestOf } from '@bayway/envelope';
import { calculateJwkThumbprint } from 'jose';
import { EXIT, type Command } from '../command.js';
import { linesFrom, rootFrom, verified } from './directory.js';
import { optionsOf } from './options.js';

/**
 * `bayway keys verify FILE|URL`: checks every line against the pinned root. A directory that lacks its last lines holds
 * too: compare `head` with that of another copy.
 */
export const verifyKeys: Command = async (args, { stdout }) => {
  const { words, flags } = optionsOf(args, ['root'], { count: 1, usage: 'verify FILE|URL [--root FILE]' });
  const root = await rootFrom(flags.root ?? 'root.pub.json');
  const { jurisdiction, lines, directory } = await verified(await linesFrom(words[0] ?? ''), root);
  const rows = {
    directory: jurisdiction,
    root: await calculateJwkThumbprint(root),
    lines: lines.length,
    keys: directory.latest().length,
    head: digestOf(lines.at(-1) ?? ''),
  };
  for (const [name, value] of Object.entries(rows)) stdout.write(`${name.padEnd(9)} ${value}\n`);
  return EXIT.done;
};
