import {
  cosigner,
  ed25519FromSeed,
  encodeTile,
  formatTlogProof,
  formatNote,
  MemoryTree,
  noteSigner,
  parseNote,
  signCheckpoint,
} from '@bayway/transparency';
import { commitmentTo, digestOf, randomName, type PrivateKey } from '@bayway/envelope';
import { originOf, type PublicEvidence, type PublishedLine, type SideName, witnessNameOf } from '@bayway/bundle';

type Keys = Readonly<{ log: PrivateKey; witnesses: readonly (readonly [SideName, PrivateKey])[] }>;
type Recorded = { type: string; at: string } & Record<string, string | number | null>;
const seedOf = (key: PrivateKey) => Buffer.from(String(key.jwk.d), 'base64url');

/** A log with its published directory, as an evidence service holds it; checkpoints are signed and cosigned for real. */
export class Log {
  readonly tree = new MemoryTree();
  readonly indices = new Map<string, number>();
  readonly published: (PublishedLine & { owner: string })[] = [];
  private note: string | null = null;

  constructor(
    readonly side: SideName,
    private readonly keys: Keys,
  ) {}

  add(commitment: string): void {
    this.note = null;
    if (!this.indices.has(commitment))
      this.indices.set(commitment, this.tree.append(Buffer.from(commitment, 'base64url')));
  }

  /** Records something, as `recordEvidence` does. */
  record(type: string, body: Record<string, string | number | null>): { record: Recorded; salt: string } {
    const record: Recorded = { ...body, type, at: new Date().toISOString() };
    const salt = randomName();
    this.add(commitmentTo(salt, record));
    return { record, salt };
  }

  /** Publishes a directory line and enters it in the log, as `key-directory` does. */
  publish(line: string): void {
    const { index, owner, use, kid } = claimsOf(line) as { index: number; owner: string; use: string; kid: string };
    const { record, salt } = this.record('key.entered', { index, owner, use, kid, line: digestOf(line) });
    this.published.push({ line, owner, at: record.at, salt });
  }

  private async signed(): Promise<string> {
    if (this.note) return this.note;
    const log = noteSigner(originOf(this.side), await ed25519FromSeed(seedOf(this.keys.log)));
    const checkpoint = { origin: originOf(this.side), size: this.tree.size, root: this.tree.root() };
    const { text, signatures } = parseNote(await signCheckpoint(checkpoint, log));
    const cosigned = this.keys.witnesses.map(async ([by, key]) =>
      cosigner(witnessNameOf(by), await ed25519FromSeed(seedOf(key)), Date.now).sign(text),
    );
    this.note = formatNote({ text, signatures: [...signatures, ...(await Promise.all(cosigned))] });
    return this.note;
  }

  async proof(commitment: string): Promise<string | undefined> {
    const index = this.indices.get(commitment);
    if (index === undefined) return undefined;
    return formatTlogProof({ index, hashes: this.tree.inclusionProof(index), checkpoint: await this.signed() });
  }
}

/** What the three evidence services answer. */
export const evidenceOf = (logs: Readonly<Record<SideName, Log>>): PublicEvidence => ({
  lines: (owner) => {
    const { published } = logs[owner.slice(0, 2) as SideName];
    return Promise.resolve(published.filter((line) => line.owner === owner));
  },
  proof: (side, commitment) => logs[side].proof(commitment),
  tile: (side, tile) => Promise.resolve(encodeTile(tile, logs[side].tree.hashOf)),
});

/** Claims of a signed object, unverified. */
export const claimsOf = (jws: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
