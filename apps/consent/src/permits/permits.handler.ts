import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { issuePermit } from '@bayway/contracts';
import { Access, Handles } from '@bayway/service';
import type { z } from 'zod';
import { PermitsService } from './permits.service.js';

/** What connectors ask. */
@Controller()
export class PermitsHandler {
  constructor(@Inject(PermitsService) private readonly permits: PermitsService) {}

  @Handles(issuePermit)
  @Access('services')
  issue(@Payload({ schema: issuePermit.request }) body: z.infer<typeof issuePermit.request>) {
    return this.permits.issue(body);
  }
}
