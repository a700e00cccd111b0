import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { JURISDICTIONS, type Jurisdiction } from '@bayway/domain';
import { PublicKey } from '@bayway/envelope';
import { CommandError, EXIT } from '../command.js';

/** Whose logs, where they publish, whose roots are pinned. */
export type LogOptions = Readonly<{
  logs: readonly Jurisdiction[];
  urls: Readonly<Record<Jurisdiction, string>>;
  roots: Readonly<Record<Jurisdiction, PublicKey>>;
}>;

/** What `evidence fsck` was asked: also which databases to read. */
export type FsckOptions = LogOptions & Readonly<{ databases: ReadonlyMap<Jurisdiction, string> }>;

/** What `evidence follow` was asked: how often to look, for how long, how long to wait for the silent (seconds), and its memory. */
export type FollowOptions = LogOptions &
  Readonly<{ every: number; seconds: number; patience: number; state: string | undefined }>;

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
  const { values, positionals } = parsed(args, { database: { type: 'string', multiple: true } });
  const databases = pairs('database', values.database);
  const named = positionals.length > 0 ? positionals.map(jurisdiction) : [...databases.keys()];
  return {
    logs: named.length > 0 ? JURISDICTIONS.filter((j) => named.includes(j)) : JURISDICTIONS,
    urls: { ...LOCAL, ...Object.fromEntries(pairs('url', values.url)) },
    roots: await pinnedRoots(values.roots ?? LOCAL_ROOTS),
    databases,
  };
}

/**
 * Reads `[hk|mo|cn …] [--url hk=URL …] [--roots FOLDER] [--every S] [--seconds S] [--patience S] [--state FILE]`.
 *
 * @throws CommandError when it was asked wrongly, or a pinned root cannot be read
 */
export async function followOptions(args: readonly string[]): Promise<FollowOptions> {
  const text = { type: 'string' } as const;
  const { values, positionals } = parsed(args, { every: text, seconds: text, patience: text, state: text });
  const named = positionals.map(jurisdiction);
  return {
    logs: named.length > 0 ? JURISDICTIONS.filter((j) => named.includes(j)) : JURISDICTIONS,
    urls: { ...LOCAL, ...Object.fromEntries(pairs('url', values.url)) },
    roots: await pinnedRoots(values.roots ?? LOCAL_ROOTS),
    every: seconds('every', values.every ?? '5'),
    seconds: values.seconds === undefined ? Infinity : seconds('seconds', values.seconds),
    patience: seconds('patience', values.patience ?? '60'),
    state: values.state,
  };
}

function seconds(option: string, text: string): number {
  if (!/^\d{1,8}(\.\d{1,3})?$/.test(text)) throw new CommandError(`--${option} takes seconds`, EXIT.usage);
  return Number(text);
}

type OptionsOf<O> = typeof SHARED & O;
const SHARED = { url: { type: 'string', multiple: true }, roots: { type: 'string' } } as const;

function parsed<const O extends NonNullable<ParseArgsConfig['options']>>(args: readonly string[], own: O) {
  const options: OptionsOf<O> = { ...SHARED, ...own };
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
