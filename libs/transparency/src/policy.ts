import { fromUtf8, toUtf8 } from './bytes.js';
import { type Checkpoint, parseCheckpoint } from './checkpoint.js';
import { type NoteVerifier, noteVerifier, type Verified, verifySignatures } from './note-verifier.js';
import { parseNote } from './signed-note.js';
import { TransparencyError } from './transparency-error.js';
import { type KeyType, parseVerifierKey, type VerifierKey } from './verifier-key.js';

/** `k` of the members must have witnessed; a member is the name of a witness or of another group. */
export type PolicyGroup = Readonly<{ k: number; members: readonly string[] }>;

/** Whose signatures make a checkpoint count (tlog-policy). Names are opaque: one character per octet of the file. */
export type Policy = Readonly<{
  logs: readonly Readonly<{ key: VerifierKey; url?: string }>[];
  witnesses: ReadonlyMap<string, Readonly<{ key: VerifierKey; url?: string }>>;
  groups: ReadonlyMap<string, PolicyGroup>;
  /** A witness or a group; `none` when no cosignature is needed. */
  quorum: string;
}>;

const NONE = 'none';
/** Lines of a file; the format asks for 32 logs, witnesses and groups at least. */
const MAX_LINES = 1_000;
const MAX_BYTES = 1_000_000;

/**
 * Reads a policy file.
 *
 * @throws TransparencyError `policy-malformed`, and what a key that is none throws (`key-malformed`, `key-unsupported`,
 *   `encoding-invalid`)
 */
export function parsePolicy(file: string | Uint8Array): Policy {
  const bytes = typeof file === 'string' ? toUtf8(file) : file;
  if (bytes.length > MAX_BYTES || bytes.some((b) => b === 0x7f || (b < 0x20 && b !== 0x09 && b !== 0x0a)))
    throw refused('a policy has other characters, or too many');
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  const lines = text.split('\n');
  // Every line ends with a newline; what stands behind the last one is not a line.
  if (lines.pop() !== '' || lines.length > MAX_LINES)
    throw refused('the last line does not end, or there are too many');
  const reader = new PolicyReader();
  for (const line of lines) {
    const items = line.split(/[ \t]+/).filter((item) => item !== '');
    if (items.length > 0 && !items[0]?.startsWith('#')) reader.take(items);
  }
  return reader.policy();
}

class PolicyReader {
  private readonly logs: { key: VerifierKey; url?: string }[] = [];
  private readonly witnesses = new Map<string, { key: VerifierKey; url?: string }>();
  private readonly groups = new Map<string, PolicyGroup>();
  private readonly grouped = new Set<string>();
  private quorum: string | undefined;

  take([keyword = '', ...items]: readonly string[]): void {
    if (keyword === 'log') this.takeLog(items);
    else if (keyword === 'witness') this.takeWitness(items);
    else if (keyword === 'group') this.takeGroup(items);
    else if (keyword === 'quorum') this.takeQuorum(items);
    else throw refused('a line of no known kind');
  }

  policy(): Policy {
    const { logs, witnesses, groups, quorum } = this;
    if (quorum === undefined) throw refused('no quorum');
    return { logs, witnesses, groups, quorum };
  }

  private takeLog([vkey = '', url, ...more]: readonly string[]): void {
    const key = keyOf(vkey, ['note']);
    if (more.length > 0 || this.logs.some((log) => isSame(log.key, key))) throw refused('a log twice, or with more');
    this.logs.push({ key, ...(url === undefined ? {} : { url }) });
  }

  private takeWitness([name = '', vkey = '', url, ...more]: readonly string[]): void {
    const key = keyOf(vkey, ['cosignature', 'subtree']);
    const isKnown = [...this.witnesses.values()].some((witness) => isSame(witness.key, key));
    if (more.length > 0 || isKnown) throw refused('a witness twice, or with more');
    this.witnesses.set(this.fresh(name), { key, ...(url === undefined ? {} : { url }) });
  }

  private takeGroup([name = '', threshold = '', ...members]: readonly string[]): void {
    const k = threshold === 'all' ? members.length : threshold === 'any' ? 1 : decimal(threshold);
    if (k < 1 || k > members.length) throw refused('a threshold that its group cannot have');
    for (const member of members) {
      if (!this.isDefined(member) || this.grouped.has(member)) throw refused('a member that is unknown or taken');
      this.grouped.add(member);
    }
    this.groups.set(this.fresh(name), { k, members });
  }

  private takeQuorum([name = '', ...more]: readonly string[]): void {
    const isThere = name === NONE || this.isDefined(name);
    if (this.quorum !== undefined || more.length > 0 || !isThere) throw refused('a quorum twice, or of nobody');
    this.quorum = name;
  }

  private isDefined(name: string): boolean {
    return this.witnesses.has(name) || this.groups.has(name);
  }

  /** A name that nothing has yet. */
  private fresh(name: string): string {
    if (name === '' || name === NONE || this.isDefined(name)) throw refused('a name that is taken');
    return name;
  }
}

const decimal = (text: string): number => (/^[1-9]\d{0,3}$/.test(text) ? Number(text) : 0);

function keyOf(item: string, types: readonly KeyType[]): VerifierKey {
  const key = parseVerifierKey(fromUtf8(Uint8Array.from(item, (octet) => octet.charCodeAt(0))));
  if (!types.includes(key.type)) throw refused('a key of another kind');
  return key;
}

/** Whether two keys wrap the same public key, whatever their names. */
const isSame = (one: VerifierKey, other: VerifierKey): boolean =>
  one.publicKey.length === other.publicKey.length && one.publicKey.every((byte, i) => byte === other.publicKey[i]);

/** Whether these witnesses, by their names in the policy, are enough. */
export function isQuorum({ groups, quorum }: Policy, witnesses: ReadonlySet<string>): boolean {
  const has = (name: string): boolean => {
    const group = groups.get(name);
    return group ? group.members.filter(has).length >= group.k : witnesses.has(name);
  };
  return quorum === NONE || has(quorum);
}

/**
 * Opens a checkpoint that counts by a policy: signed by one of its logs, whose name is the origin, and cosigned by enough.
 *
 * @param bring makes verifiers of keys that this library cannot check (ML-DSA-44)
 * @returns the checkpoint and the witnesses that cosigned it, by their names in the policy
 * @throws TransparencyError `policy-unmet`, `signature-invalid`, and what the parsers throw
 */
export async function openByPolicy(
  note: string | Uint8Array,
  policy: Policy,
  bring: (key: VerifierKey) => NoteVerifier = noteVerifier,
): Promise<{ checkpoint: Checkpoint; witnesses: ReadonlySet<string> }> {
  const { text, signatures } = parseNote(note);
  const checkpoint = parseCheckpoint(text);
  const verified = (keys: readonly VerifierKey[]): Promise<Verified[]> =>
    verifySignatures(text, signatures, keys.map(bring));
  const logs = policy.logs.map(({ key }) => key).filter(({ name }) => name === checkpoint.origin);
  if ((await verified(logs)).length === 0)
    throw new TransparencyError('policy-unmet', 'no log of the policy signed it');
  const witnesses = new Set<string>();
  for (const [name, { key }] of policy.witnesses) if ((await verified([key])).length > 0) witnesses.add(name);
  if (!isQuorum(policy, witnesses))
    throw new TransparencyError('policy-unmet', 'too few witnesses of the policy cosigned it');
  return { checkpoint, witnesses };
}

const refused = (message: string): TransparencyError => new TransparencyError('policy-malformed', message);
