import { createHash } from 'node:crypto';
import { Controller, Get, Header, Inject, Param } from '@nestjs/common';
import { DomainError, logOrigin } from '@bayway/contracts';
import { Access, Answers } from '@bayway/service';
import { z } from 'zod';
import { LogKeys } from '../log/log-keys.js';
import { WitnessStore } from './witness.store.js';

const OriginHash = z.string().regex(/^[0-9a-f]{64}$/);

/** What this witness has signed, for monitors that compare witnesses (C2SP tlog-witness, monitoring prefix `/witness`). */
@Controller('witness')
export class WitnessController {
  constructor(
    @Inject(WitnessStore) private readonly store: WitnessStore,
    @Inject(LogKeys) private readonly keys: LogKeys,
  ) {}

  @Get(':origin/checkpoint')
  @Access('public')
  @Header('content-type', 'text/plain; charset=utf-8')
  @Header('cache-control', 'public, max-age=1')
  @Answers(z.string())
  async checkpoint(@Param('origin', { schema: OriginHash }) hash: string): Promise<string> {
    const origin = this.keys.peers.map(logOrigin).find((name) => sha256Hex(name) === hash);
    const last = origin && (await this.store.last(origin));
    if (!last) throw new DomainError('route-not-found');
    return last.note;
  }
}

const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');
