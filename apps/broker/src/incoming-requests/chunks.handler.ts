import { Controller, Inject, type OnModuleInit } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { DomainError, fetchChunk, readChunk } from '@bayway/contracts';
import type { Jurisdiction } from '@bayway/domain';
import { Access, Bus, Handles, Transactions } from '@bayway/service';
import type { z } from 'zod';
import { Peers, sender } from '../peers/peers.js';
import { IncomingRequestEntity } from './incoming-request.entity.js';

type Question = z.infer<typeof fetchChunk.request>;
type Piece = z.infer<typeof fetchChunk.answer>;

/** Passes pieces of staged ciphertext from the connector to the importer's broker that asks for them. */
@Controller()
export class ChunksHandler implements OnModuleInit {
  constructor(
    @Inject(Peers) private readonly peers: Peers,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Bus) private readonly bus: Bus,
  ) {}

  onModuleInit(): void {
    this.peers.answers(fetchChunk, (body, from) => this.read(body, from));
  }

  @Handles(fetchChunk)
  @Access('services')
  fetch(@Payload({ schema: fetchChunk.request }) body: Question): Promise<Piece> {
    return this.read(body, sender());
  }

  private async read(body: Question, from: Jurisdiction): Promise<Piece> {
    const where = { id: body.dataRequestId, importer: from };
    const row = await this.transactions.db.manager.findOneBy(IncomingRequestEntity, where);
    if (!row) throw new DomainError('data-request-not-found');
    if (row.state !== 'released' || row.receipt) throw new DomainError('data-request-ended');
    return this.bus.ask(readChunk, body, { address: row.holder ?? '', timeoutMs: 3_000 });
  }
}
