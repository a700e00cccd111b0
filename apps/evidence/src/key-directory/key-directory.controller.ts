import { Controller, Get, Header, Inject } from '@nestjs/common';
import { Access, Answers } from '@bayway/service';
import { z } from 'zod';
import { KeyDirectoryService } from './key-directory.service.js';

const DirectoryView = z.object({ entries: z.array(z.string()).max(100_000) });

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
}
