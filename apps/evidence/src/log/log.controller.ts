import { Controller, Get, Header, Inject, Req, StreamableFile } from '@nestjs/common';
import { DomainError } from '@bayway/contracts';
import { Access } from '@bayway/service';
import { parseTilePath, type HashTile, type TileId, TransparencyError } from '@bayway/transparency';
import type { Request } from 'express';
import { CheckpointsStore, publishedNote } from './checkpoints.store.js';
import { LogStore } from './log.store.js';

/** The log as files, as C2SP tlog-tiles lays them out. Everything but the checkpoint never changes. */
@Controller()
export class LogController {
  constructor(
    @Inject(CheckpointsStore) private readonly checkpoints: CheckpointsStore,
    @Inject(LogStore) private readonly log: LogStore,
  ) {}

  @Get('checkpoint')
  @Access('public')
  @Header('content-type', 'text/plain; charset=utf-8')
  @Header('cache-control', 'public, max-age=1')
  async checkpoint(): Promise<string> {
    const latest = await this.checkpoints.latest();
    if (!latest) throw new DomainError('route-not-found');
    return publishedNote(latest);
  }

  @Get('tile/*path')
  @Access('public')
  @Header('cache-control', 'public, max-age=31536000, immutable')
  async tile(@Req() request: Request): Promise<StreamableFile> {
    const tile = tileIn(request.path);
    const bytes = tile.level === 'entries' ? await this.log.bundle(tile) : await this.log.tile(tile as HashTile);
    if (!bytes) throw new DomainError('route-not-found');
    return new StreamableFile(bytes, { type: 'application/octet-stream', length: bytes.length });
  }
}

function tileIn(path: string): TileId {
  try {
    return parseTilePath(path.slice(1));
  } catch (error) {
    if (error instanceof TransparencyError) throw new DomainError('route-not-found', {}, { cause: error });
    throw error;
  }
}
