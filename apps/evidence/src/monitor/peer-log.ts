import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DomainError, logOrigin } from '@bayway/contracts';
import type { Jurisdiction } from '@bayway/domain';
import { CONFIG } from '@bayway/service';
import {
  leafHash,
  openCheckpoint,
  openNote,
  parseCheckpoint,
  parseTlogProof,
  tilePath,
  TransparencyError,
  type TreeHead,
  verifyGrowth,
  verifyTlogProof,
} from '@bayway/transparency';
import type { EvidenceConfig } from '../config.js';
import { ask } from '../http-client.js';
import { LogKeys } from '../log/log-keys.js';

/** A tree of a log, with the note that somebody signed over it. */
export type SignedHead = TreeHead & Readonly<{ note: string }>;

/** Another jurisdiction's log as everybody sees it. Nothing of it is believed without a signature or a proof. */
@Injectable()
export class PeerLog {
  constructor(
    @Inject(CONFIG) private readonly config: EvidenceConfig,
    @Inject(LogKeys) private readonly keys: LogKeys,
  ) {}

  /**
   * Its newest checkpoint, signed by the log; `undefined` while it has none.
   *
   * @throws TransparencyError when it is not the log's, and what `ask` throws
   */
  async checkpoint(log: Jurisdiction): Promise<SignedHead | undefined> {
    const note = await this.text(`${this.config.EVIDENCE_URLS[log]}/checkpoint`);
    if (note === undefined) return undefined;
    if (this.keys.logOf(log).length === 0) await this.keys.refresh();
    const { checkpoint } = await openCheckpoint(note, { origin: logOrigin(log), log: this.keys.logOf(log) });
    return { size: checkpoint.size, root: checkpoint.root, note };
  }

  /** What a witness says it signed last for the log, by its cosignature; `undefined` when it has signed nothing. */
  async heldBy(witness: Jurisdiction, log: Jurisdiction): Promise<SignedHead | undefined> {
    const origin = createHash('sha256').update(logOrigin(log)).digest('hex');
    const note = await this.text(`${this.config.EVIDENCE_URLS[witness]}/witness/${origin}/checkpoint`);
    if (note === undefined) return undefined;
    if (this.keys.witnessOf(witness).length === 0) await this.keys.refresh();
    const { text } = await openNote(note, this.keys.witnessOf(witness));
    const { size, root } = parseCheckpoint(text);
    return { size, root, note };
  }

  /**
   * Proves from the log's own tiles that one tree continues another.
   *
   * @throws TransparencyError `proof-invalid` when they are not of one tree, `tile-malformed` when tiles are missing
   */
  async prove(log: Jurisdiction, from: TreeHead, to: TreeHead): Promise<void> {
    const base = this.config.EVIDENCE_URLS[log];
    await verifyGrowth(from, to, async (tile) => {
      const { status, body } = await ask(`${base}/${tilePath(tile)}`);
      return status === 200 ? body : undefined;
    });
  }

  /**
   * Whether the log has an entry, proven under its own signature; a proof that is not right is none.
   *
   * @throws DomainError `service-unavailable` when it answers with an error, and what `ask` throws
   */
  async has(log: Jurisdiction, commitment: string): Promise<boolean> {
    const { status, body } = await ask(`${this.config.EVIDENCE_URLS[log]}/proofs/${commitment}`);
    if (status === 404) return false;
    if (status !== 200) throw new DomainError('service-unavailable');
    if (this.keys.logOf(log).length === 0) await this.keys.refresh();
    try {
      const leaf = leafHash(Buffer.from(commitment, 'base64url'));
      const trust = { origin: logOrigin(log), log: this.keys.logOf(log) };
      await verifyTlogProof(parseTlogProof(body.toString('utf8')), leaf, trust);
      return true;
    } catch (error) {
      if (error instanceof TransparencyError) return false;
      throw error;
    }
  }

  private async text(url: string): Promise<string | undefined> {
    const { status, body } = await ask(url);
    if (status === 404) return undefined;
    if (status !== 200) throw new DomainError('service-unavailable');
    return body.toString('utf8');
  }
}
