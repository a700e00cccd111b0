import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { CHUNK_BYTES, DomainError, readChunk, releaseRecord, type ReleaseSummary } from '@bayway/contracts';
import { Access, Handles } from '@bayway/service';
import type { z } from 'zod';
import { Staging } from '../staging/staging.js';
import { ReleasesService } from './releases.service.js';
import { ReleasesStore } from './releases.store.js';

type Piece = z.infer<typeof readChunk.answer>;

/** What the broker asks of this holder's connector. */
@Controller()
export class ReleasesHandler {
  constructor(
    @Inject(ReleasesService) private readonly releases: ReleasesService,
    @Inject(ReleasesStore) private readonly store: ReleasesStore,
    @Inject(Staging) private readonly staging: Staging,
  ) {}

  @Handles(releaseRecord)
  @Access('services')
  release(
    @Payload({ schema: releaseRecord.request }) order: z.infer<typeof releaseRecord.request>,
  ): Promise<ReleaseSummary> {
    return this.releases.release(order);
  }

  @Handles(readChunk)
  @Access('services')
  async read(@Payload({ schema: readChunk.request }) asked: z.infer<typeof readChunk.request>): Promise<Piece> {
    const release = await this.store.find(asked.dataRequestId);
    if (!release) throw new DomainError('data-request-not-found');
    if (!release.file || release.availableUntil <= new Date()) throw new DomainError('data-request-ended');
    const offset = asked.index * CHUNK_BYTES;
    const piece = offset < release.size ? await this.staging.read(release.file, { offset, bytes: CHUNK_BYTES }) : null;
    if (!piece?.length) throw new DomainError('data-request-ended');
    return { data: piece.toString('base64'), last: offset + piece.length >= release.size };
  }
}
