import { Controller, Get, Header, Inject, Query } from '@nestjs/common';
import { KeyOwner } from '@bayway/envelope';
import { Access, Answers } from '@bayway/service';
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

  @Get()
  @Access('public')
  @Header('cache-control', 'no-cache')
  @Answers(DirectoryView)
  async entries(): Promise<z.infer<typeof DirectoryView>> {
    return { entries: await this.directory.lines() };
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
