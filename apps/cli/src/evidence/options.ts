import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { JURISDICTIONS, type Jurisdiction } from '@bayway/domain';
import { PublicKey } from '@bayway/envelope';
import { CommandError, EXIT } from '../command.js';

/** What `evidence fsck` was asked: whose logs, where they publish, whose roots are pinned, which databases to read. */
export type FsckOptions = Readonly<{
  logs: readonly Jurisdiction[];
  urls: Readonly<Record<Jurisdiction, string>>;
  roots: Readonly<Record<Jurisdiction, PublicKey>>;
  databases: ReadonlyMap<Jurisdiction, string>;
}>;

/** Where the three logs are when everything runs on one machine, as `npm start` does. */
const LOCAL: Readonly<Record<Jurisdiction, string>> = {
  hk: 'http://localhost:4130',
  mo: 'http://localhost:4230',
  cn: 'http://localhost:4330',
};
const LOCAL_ROOTS = join('.bayway', 'keys');

/**
 * Reads `[hk|mo|cn …] [--url hk=URL …] [--roots FOLDER] [--database hk=URL …]`.
 *
 * @throws CommandError when it was asked wrongly, or a pinned root cannot be read
 */
export async function fsckOptions(args: readonly string[]): Promise<FsckOptions> {
  const { values, positionals } = parsed(args);
  const databases = pairs('database', values.database);
  const named = positionals.length > 0 ? positionals.map(jurisdiction) : [...databases.keys()];
  return {
    logs: named.length > 0 ? JURISDICTIONS.filter((j) => named.includes(j)) : JURISDICTIONS,
    urls: { ...LOCAL, ...Object.fromEntries(pairs('url', values.url)) },
    roots: await pinnedRoots(values.roots ?? LOCAL_ROOTS),
    databases,
  };
}

function parsed(args: readonly string[]) {
  const list = { type: 'string', multiple: true } as const;
  const options = { url: list, database: list, roots: { type: 'string' } } as const;
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new CommandError((error as Error).message, EXIT.usage);
  }
}

function pairs(option: string, texts: readonly string[] = []): Map<Jurisdiction, string> {
  return new Map(
    texts.map((text) => {
      const at = text.indexOf('=');
      if (at < 0 || !URL.canParse(text.slice(at + 1)))
        throw new CommandError(`--${option} takes JURISDICTION=URL`, EXIT.usage);
      return [jurisdiction(text.slice(0, at)), text.slice(at + 1)];
    }),
  );
}

function jurisdiction(text: string): Jurisdiction {
  const found = JURISDICTIONS.find((one) => one === text);
  if (!found) throw new CommandError(`no jurisdiction \`${text}\`: ${JURISDICTIONS.join(', ')}`, EXIT.usage);
  return found;
}

/** `<folder>/<jurisdiction>/root.pub.json`, as a key ceremony writes them. */
async function pinnedRoots(folder: string): Promise<Record<Jurisdiction, PublicKey>> {
  const read = async (j: Jurisdiction): Promise<[Jurisdiction, PublicKey]> => {
    const file = join(folder, j, 'root.pub.json');
    try {
      return [j, PublicKey.parse(JSON.parse(await readFile(file, 'utf8')))];
    } catch {
      throw new CommandError(`no root key in \`${file}\`; give --roots FOLDER`, EXIT.usage);
    }
  };
  return Object.fromEntries(await Promise.all(JURISDICTIONS.map(read))) as Record<Jurisdiction, PublicKey>;
}
