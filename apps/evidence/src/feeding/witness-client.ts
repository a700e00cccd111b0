import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@bayway/contracts';
import type { Jurisdiction } from '@bayway/domain';
import { CONFIG } from '@bayway/service';
import {
  formatAddCheckpoint,
  formatSignature,
  parseCosignatures,
  parseNote,
  parseTreeSize,
  verifySignatures,
} from '@bayway/transparency';
import type { EvidenceConfig } from '../config.js';
import type { StoredCheckpoint } from '../log/checkpoints.service.js';
import { ask } from '../http-client.js';
import { LogKeys } from '../log/log-keys.js';
import { LogStore } from '../log/log.store.js';

/** What a witness says: its verified cosignature, the size it holds, or that it refuses. */
export type WitnessAnswer =
  | Readonly<{ said: 'cosigned'; cosignature: { witness: string; line: string; at: Date } }>
  | Readonly<{ said: 'other-size'; size: number }>
  | Readonly<{ said: 'refused'; status: number }>;

/** Asks the witnesses of the other jurisdictions (C2SP tlog-witness). */
@Injectable()
export class WitnessClient {
  constructor(
    @Inject(CONFIG) private readonly config: EvidenceConfig,
    @Inject(LogKeys) private readonly keys: LogKeys,
    @Inject(LogStore) private readonly log: LogStore,
  ) {}

  /**
   * Asks one witness to cosign a checkpoint, with the proof that it continues the tree of `held` entries.
   *
   * @throws TransparencyError or DomainError `answer-invalid` when the answer has no form, `signer-unknown` when it is
   *   not signed by the witness, and what `fetch` throws when there is no answer
   */
  async ask(witness: Jurisdiction, checkpoint: StoredCheckpoint, held: number): Promise<WitnessAnswer> {
    const proof = await this.log.consistencyProof(held, checkpoint.size);
    const { status, body } = await ask(`${this.config.EVIDENCE_URLS[witness]}/witness/add-checkpoint`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: formatAddCheckpoint({ oldSize: held, proof, checkpoint: checkpoint.note }),
    });
    const text = body.toString('utf8');
    if (status === 200) return this.verify(witness, checkpoint, text);
    if (status === 409) return { said: 'other-size', size: parseTreeSize(text) };
    return { said: 'refused', status };
  }

  private async verify(witness: Jurisdiction, { note }: StoredCheckpoint, lines: string): Promise<WitnessAnswer> {
    if (this.keys.witnessOf(witness).length === 0) await this.keys.refresh();
    const verifiers = this.keys.witnessOf(witness);
    for (const signature of parseCosignatures(lines)) {
      const [verified] = await verifySignatures(parseNote(note).text, [signature], verifiers);
      // A checkpoint is cosigned with its time; the format keeps time 0 for subtrees.
      if (!verified?.time) continue;
      const at = new Date(verified.time * 1000);
      return { said: 'cosigned', cosignature: { witness: verified.name, line: formatSignature(signature), at } };
    }
    throw new DomainError('signer-unknown');
  }
}
