import { Controller, Get, Header, Inject, Param, Res, StreamableFile } from '@nestjs/common';
import { DomainError } from '@bayway/contracts';
import { Access, Answers } from '@bayway/service';
import { parseTilePath, type HashTile, type TileId, TransparencyError } from '@bayway/transparency';
import type { Response } from 'express';
import { z } from 'zod';
import { CheckpointsService, publishedNote } from './checkpoints.service.js';
import { LogStore } from './log.store.js';

/** A path below `tile/`, in pieces; whether it names a tile is for the format to say. */
export const TilePath = z.array(z.string().max(20)).max(12);

/** A signed note. */
const NoteText = z.string();

/** The log as files, as C2SP tlog-tiles lays them out. Everything but the checkpoint never changes. */
@Controller()
export class LogController {
  constructor(
    @Inject(CheckpointsService) private readonly checkpoints: CheckpointsService,
    @Inject(LogStore) private readonly log: LogStore,
  ) {}

  @Get('checkpoint')
  @Access('public')
  @Header('content-type', 'text/plain; charset=utf-8')
  @Header('cache-control', 'public, max-age=1')
  @Answers(NoteText)
  async checkpoint(): Promise<string> {
    const latest = await this.checkpoints.latest();
    if (!latest) throw new DomainError('route-not-found');
    return publishedNote(latest);
  }

  @Get('tile/*path')
  @Access('public')
  @Answers(z.instanceof(StreamableFile))
  async tile(
    @Param('path', { schema: TilePath }) path: string[],
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const tile = tileIn(`tile/${path.join('/')}`);
    const bytes = tile.level === 'entries' ? await this.log.bundle(tile) : await this.log.tile(tile as HashTile);
    if (!bytes) throw new DomainError('route-not-found');
    // Only what exists may be kept: a tile that is not there yet will be.
    response.setHeader('cache-control', 'public, max-age=31536000, immutable');
    return new StreamableFile(bytes, { type: 'application/octet-stream', length: bytes.length });
  }
}

function tileIn(path: string): TileId {
  try {
    return parseTilePath(path);
  } catch (error) {
    if (error instanceof TransparencyError) throw new DomainError('route-not-found', {}, { cause: error });
    throw error;
  }
}
