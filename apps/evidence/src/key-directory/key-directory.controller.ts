import { Controller, Get, Header, Inject, Query, Res } from '@nestjs/common';
import { KeyOwner } from '@bayway/envelope';
import { Access, Answers } from '@bayway/service';
import type { Response } from 'express';
import { z } from 'zod';
import { KeyDirectoryService } from './key-directory.service.js';

const DirectoryView = z.object({ entries: z.array(z.string()).max(100_000) });

const OfOwner = z.strictObject({ owner: KeyOwner });
const EnteredView = z.object({
  lines: z
    .array(z.object({ line: z.string().max(4_000), at: z.iso.datetime(), salt: z.string().length(43) }))
    .max(1_000),
});

@Controller('key-directory')
export class KeyDirectoryController {
  constructor(@Inject(KeyDirectoryService) private readonly directory: KeyDirectoryService) {}

  /** All lines; 304 to whoever has them already, for each service of all three jurisdictions asks every few seconds. */
  @Get()
  @Access('public')
  @Header('cache-control', 'no-cache')
  @Answers(DirectoryView)
  async entries(@Res() response: Response): Promise<void> {
    const { entries, etag } = await this.directory.published();
    response.setHeader('etag', etag);
    if (response.req.headers['if-none-match'] === etag) response.status(304).end();
    else response.json({ entries });
  }

  /** The lines about one owner with what it takes to find them in the log; a key's salt hides nothing. */
  @Get('lines')
  @Access('public')
  @Header('cache-control', 'no-cache')
  @Answers(EnteredView)
  async lines(@Query({ schema: OfOwner }) { owner }: z.infer<typeof OfOwner>): Promise<z.infer<typeof EnteredView>> {
    return { lines: await this.directory.entered(owner) };
  }
}
