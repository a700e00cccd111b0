import { Controller, Get, Inject } from '@nestjs/common';
import { Access, Answers } from '@bayway/service';
import { z } from 'zod';
import { CheckpointsService } from './checkpoints.service.js';
import { LogKeys, originOf, witnessNameOf } from './log-keys.js';

const StatusView = z.object({
  origin: z.string(),
  size: z.int(),
  signedAt: z.iso.datetime().nullable(),
  witnesses: z.array(z.object({ name: z.string(), size: z.int().nullable(), at: z.iso.datetime().nullable() })),
});
type StatusView = z.infer<typeof StatusView>;

/** How long the log is and how far each witness has signed, for the landing page and the consoles. */
@Controller('status')
export class StatusController {
  constructor(
    @Inject(CheckpointsService) private readonly checkpoints: CheckpointsService,
    @Inject(LogKeys) private readonly keys: LogKeys,
  ) {}

  @Get()
  @Access('public')
  @Answers(StatusView)
  async status(): Promise<StatusView> {
    const latest = await this.checkpoints.latest();
    const witnesses = await Promise.all(this.keys.peers.map((peer) => this.witness(witnessNameOf(peer))));
    const origin = originOf(this.keys.mine);
    return { origin, size: latest?.size ?? 0, signedAt: latest?.signedAt.toISOString() ?? null, witnesses };
  }

  private async witness(name: string): Promise<StatusView['witnesses'][number]> {
    const checkpoint = await this.checkpoints.cosignedBy(name);
    const at = checkpoint?.cosignatures.find(({ witness }) => witness === name)?.at;
    return { name, size: checkpoint?.size ?? null, at: at?.toISOString() ?? null };
  }
}
