import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Pins, SIDES } from '@bayway/bundle';
import { CommandError, EXIT } from './command.js';

/**
 * Reads the pinned roots: the file asked for, `{ "cn": JWK, "hk": JWK, "mo": JWK }`; else the `root.pub.json` of the three key
 * folders of the system on this machine (`npm start`).
 * @param home folder of that system, when there is one
 * @throws CommandError
 */
export async function readPins(file: string | undefined, home = process.env['BAYWAY_HOME']): Promise<Pins> {
  const found = file === undefined ? await ofThisMachine(home) : parsed(await readText(file));
  const pins = Pins.safeParse(found);
  if (!pins.success)
    throw new CommandError(
      file === undefined
        ? 'no system on this machine whose roots could be pinned; name a file of the three roots with --roots'
        : `\`${file}\` does not hold the three pinned roots`,
      EXIT.usage,
    );
  return pins.data;
}

async function ofThisMachine(home: string | undefined): Promise<unknown> {
  if (home === undefined) return undefined;
  const read = SIDES.map(async (side) => {
    const text = await readFile(join(home, 'keys', side, 'root.pub.json'), 'utf8').catch(() => '');
    return [side, parsed(text)] as const;
  });
  return Object.fromEntries(await Promise.all(read));
}

/** Text of a file. @throws CommandError when there is none */
export async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => {
    throw new CommandError(`no file \`${file}\``, EXIT.usage);
  });
}

/** JSON, or undefined. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
