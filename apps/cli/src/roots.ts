import { readFile } from 'node:fs/promises';
import { Pins } from '@bayway/bundle';
import { CommandError, EXIT } from './command.js';

/** Where the pinned roots lie unless told: in the folder one works in. */
export const ROOTS_FILE = 'bayway-roots.json';

/** Reads the pinned roots: `{ "cn": JWK, "hk": JWK, "mo": JWK }`. @throws CommandError */
export async function readPins(file: string): Promise<Pins> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new CommandError(`no file \`${file}\` with the pinned roots; name one with --roots`, EXIT.usage);
  });
  const pins = Pins.safeParse(parsed(text));
  if (!pins.success) throw new CommandError(`\`${file}\` does not hold the three pinned roots`, EXIT.usage);
  return pins.data;
}

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
