import { Controller, Get, Header, Inject, Param, Query } from '@nestjs/common';
import { Digest } from '@bayway/domain';
import { Access, Answers } from '@bayway/service';
import { z } from 'zod';
import { CheckpointsService, publishedNote } from './checkpoints.service.js';
import { LogStore } from './log.store.js';
import { Proofs } from './proofs.service.js';

const After = z.strictObject({ after: z.coerce.number().int().min(-1).max(Number.MAX_SAFE_INTEGER).default(-1) });
type After = z.infer<typeof After>;

const CheckpointsView = z.object({ checkpoints: z.array(z.string()).max(100) });

/** What a verifier asks beside the files: the proof of one entry, and every checkpoint there was. */
@Controller()
export class ProofsController {
  constructor(
    @Inject(CheckpointsService) private readonly checkpoints: CheckpointsService,
    @Inject(LogStore) private readonly log: LogStore,
    @Inject(Proofs) private readonly proofs: Proofs,
  ) {}

  /** A `.tlog-proof` under the first checkpoint that both witnesses cosigned; before that, under the latest. */
  @Get('proofs/:commitment')
  @Access('public')
  @Header('content-type', 'text/plain; charset=utf-8')
  @Header('cache-control', 'no-cache')
  @Answers(z.string())
  async proof(@Param('commitment', { schema: Digest }) commitment: string): Promise<string> {
    return this.proofs.at(await this.log.indexOf(Buffer.from(commitment, 'base64url')));
  }

  /** Checkpoints above a size, smallest first, for whoever audits the whole log. */
  @Get('checkpoints')
  @Access('public')
  @Answers(CheckpointsView)
  async all(@Query({ schema: After }) { after }: After): Promise<z.infer<typeof CheckpointsView>> {
    return { checkpoints: (await this.checkpoints.after(after, 100)).map(publishedNote) };
  }
}
