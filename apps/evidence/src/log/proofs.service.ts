import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@bayway/contracts';
import { JURISDICTIONS } from '@bayway/domain';
import { formatTlogProof } from '@bayway/transparency';
import { CheckpointsService, publishedNote, type StoredCheckpoint } from './checkpoints.service.js';
import { LogStore } from './log.store.js';

const WITNESSES = JURISDICTIONS.length - 1;

/** Proofs of entries, as files of their own. */
@Injectable()
export class Proofs {
  constructor(
    @Inject(CheckpointsService) private readonly checkpoints: CheckpointsService,
    @Inject(LogStore) private readonly log: LogStore,
  ) {}

  /**
   * The `.tlog-proof` of an entry under the first checkpoint that both witnesses cosigned; before that, under the latest.
   * @throws DomainError `route-not-found` when the log has no such entry
   */
  async at(index: number | undefined): Promise<string> {
    const checkpoint = index === undefined ? undefined : await this.covering(index);
    if (index === undefined || !checkpoint || checkpoint.size <= index) throw new DomainError('route-not-found');
    const hashes = await this.log.inclusionProof(index, checkpoint.size);
    return formatTlogProof({ index, hashes, checkpoint: publishedNote(checkpoint) });
  }

  private async covering(index: number): Promise<StoredCheckpoint | undefined> {
    return (await this.checkpoints.witnessed(index, WITNESSES)) ?? this.checkpoints.latest();
  }
}
