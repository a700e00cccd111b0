import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AssuranceLevel, Jurisdiction } from '@bayway/domain';
import { EnvelopeError, peersOf, readPeerPolicy, TRUSTED } from '@bayway/envelope';
import type { KeyCeremony, PeerPolicy, PeerTerms } from '@bayway/envelope';
import { CommandError, EXIT, type Command } from '../command.js';
import { openCeremony } from '../keys/ceremony.js';
import { directoryIn, rootFrom } from '../keys/directory.js';
import { optionsOf } from '../keys/options.js';

const USAGE = 'show|cut PEER|trust PEER [--level 1-4] [--dir FOLDER]';
/** In the key folder; the identity service reads it (`PEER_POLICY_FILE`). */
const FILE = 'peers.jws';

/** The policy of a key folder, verified; null when none was made yet. */
async function policyIn(folder: string, jurisdiction: Jurisdiction): Promise<PeerPolicy | null> {
  const text = await readFile(join(folder, FILE), 'utf8').catch(() => null);
  if (text === null) return null;
  const root = await rootFrom(join(folder, 'root.pub.json'));
  return readPeerPolicy(jurisdiction, root, text).catch((error: unknown) => {
    throw error instanceof EnvelopeError ? new CommandError(error.detail) : error;
  });
}

const lineOf = (peer: string, { state, highestLevel }: PeerTerms): string =>
  `${peer}  ${state.padEnd(7)}  up to level ${highestLevel}\n`;

function peerFrom(word: string | undefined, own: Jurisdiction): Jurisdiction {
  const peer = Jurisdiction.safeParse(word);
  if (!peer.success || peer.data === own)
    throw new CommandError(`the peers of \`${own}\` are ${peersOf(own).join(' and ')}`, EXIT.usage);
  return peer.data;
}

function levelFrom(text: string | undefined): AssuranceLevel | undefined {
  if (text === undefined) return undefined;
  const level = AssuranceLevel.safeParse(Number(text));
  if (!level.success) throw new CommandError('--level is 1, 2, 3 or 4', EXIT.usage);
  return level.data;
}

type Change = Readonly<{ to: PeerTerms['state']; peer: Jurisdiction; level: AssuranceLevel | undefined }>;

/** Signs the next version of the policy, and puts it in place whole: the service may read at any moment. */
async function change(ceremony: KeyCeremony, before: PeerPolicy | null, { to, peer, level }: Change) {
  const { jurisdiction, folder } = ceremony;
  const earlier = before?.peers[peer] ?? TRUSTED;
  const peers = { ...before?.peers, [peer]: { state: to, highestLevel: level ?? earlier.highestLevel } };
  const version = (before?.version ?? 0) + 1;
  const policy = { jurisdiction, version, signedAt: new Date().toISOString(), peers };
  await writeFile(join(folder, `${FILE}.new`), `${await ceremony.signPeerPolicy(policy)}\n`, { mode: 0o644 });
  await rename(join(folder, `${FILE}.new`), join(folder, FILE));
  return policy;
}

const ACTIONS: Readonly<Record<string, PeerTerms['state'] | null>> = { show: null, cut: 'cut', trust: 'trusted' };

/** `bayway peers show|cut|trust`: which other jurisdictions' identity services this one believes, signed by its root. */
export const peersCommand: Command = async ([action = '', ...args], terminal) => {
  const to = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  if (to === undefined) throw new CommandError(`usage: bayway peers ${USAGE}`, EXIT.usage);
  const asked = { count: to === null ? 0 : 1, usage: USAGE, command: 'peers' };
  const { words, flags } = optionsOf(args, ['dir', 'level'], asked);
  const folder = flags.dir ?? '.';
  const { jurisdiction } = await directoryIn(folder);
  let policy = await policyIn(folder, jurisdiction);
  if (to !== null) {
    const changed = { to, peer: peerFrom(words[0], jurisdiction), level: levelFrom(flags.level) };
    policy = await change(await openCeremony(folder, terminal), policy, changed);
    terminal.stdout.write(`version ${policy.version}\n`);
  }
  for (const peer of peersOf(jurisdiction)) terminal.stdout.write(lineOf(peer, policy?.peers[peer] ?? TRUSTED));
  return EXIT.done;
};
