import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { readChunk, releaseRecord } from '@bayway/contracts';
import { Access, Handles } from '@bayway/service';
import type { z } from 'zod';
import { ReleasesService } from './releases.service.js';

/** What the broker of the same jurisdiction may ask of this connector. */
@Controller()
export class ReleasesHandler {
  constructor(@Inject(ReleasesService) private readonly releases: ReleasesService) {}

  @Handles(releaseRecord)
  @Access('services')
  release(
    @Payload({ schema: releaseRecord.request }) papers: z.infer<typeof releaseRecord.request>,
  ): Promise<z.infer<typeof releaseRecord.answer>> {
    return this.releases.release(papers);
  }

  @Handles(readChunk)
  @Access('services')
  chunk(
    @Payload({ schema: readChunk.request }) wanted: z.infer<typeof readChunk.request>,
  ): Promise<z.infer<typeof readChunk.answer>> {
    return this.releases.chunk(wanted.dataRequestId, wanted.index);
  }
}
