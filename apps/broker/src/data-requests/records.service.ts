import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CHUNK_BYTES, DomainError, fetchChunk, type ReleaseSummary } from '@bayway/contracts';
import { afterCommit, recordEvidence, Transactions } from '@bayway/service';
import { Peers } from '../peers/peers.js';
import { deliver, readable } from './data-request.js';
import { DataRequestEntity } from './data-request.entity.js';
import { Waiting } from './waiting.js';

/** A record on its way through: its length, its digest, its ciphertext piece by piece. */
export type Passing = Readonly<{ release: ReleaseSummary; chunks: AsyncIterable<Buffer> }>;

/** Passes ciphertext from the holder's side to the recipient that waits for it, and keeps none of it. */
@Injectable()
export class RecordsService {
  constructor(
    @Inject(Peers) private readonly peers: Peers,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Waiting) private readonly waiting: Waiting,
  ) {}

  /**
   * Opens the record of a request. The first piece has arrived when this returns.
   * @throws DomainError `data-request-not-ready`, `data-request-ended`, `border-unreachable`, `answer-invalid`
   */
  async open(request: DataRequestEntity): Promise<Passing> {
    const release = readable(request, new Date());
    if (release.chunks !== Math.ceil(release.size / CHUNK_BYTES)) throw new DomainError('answer-invalid');
    const first = await this.fetch(request, 0);
    return { release, chunks: this.pass(request, release, first) };
  }

  /** The last piece leaves only when all of them together are what the permit's release was. */
  private async *pass(request: DataRequestEntity, release: ReleaseSummary, first: Buffer): AsyncGenerator<Buffer> {
    const hash = createHash('sha256');
    let size = 0;
    for (let index = 0; index < release.chunks; index += 1) {
      const piece = index === 0 ? first : await this.fetch(request, index);
      hash.update(piece);
      size += piece.length;
      const isLast = index === release.chunks - 1;
      if (isLast && (size !== release.size || hash.digest('base64url') !== release.ciphertextDigest))
        throw new DomainError('answer-invalid', { detail: 'ciphertext is not the one that was released' });
      yield piece;
    }
  }

  private async fetch({ id: dataRequestId, exporter: to }: DataRequestEntity, index: number): Promise<Buffer> {
    const { data } = await this.peers.ask(fetchChunk, { to, body: { dataRequestId, index } });
    return Buffer.from(data, 'base64');
  }

  /** The whole record went out. Reading it again is no new delivery. */
  async delivered(id: DataRequestEntity['id']): Promise<void> {
    await this.transactions.run(async (tx) => {
      const request = await tx.findOneOrFail(DataRequestEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
      const change = deliver(request, new Date());
      if (!change.state) return;
      await tx.update(DataRequestEntity, { id }, change);
      afterCommit(tx, () => this.waiting.wake(id, request.recipient));
      const { requestDigest, release } = request;
      const ciphertextDigest = release?.ciphertextDigest ?? null;
      await recordEvidence(tx, 'delivery.made', { dataRequestId: id, requestDigest, ciphertextDigest });
    });
  }
}
