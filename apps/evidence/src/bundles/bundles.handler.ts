import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { makeBundle, type RequestEvidence } from '@bayway/contracts';
import { Access, Handles } from '@bayway/service';
import { BundlesService } from './bundles.service.js';

/** Makes evidence bundles for residents, whose consent service has gathered the parts. */
@Controller()
export class BundlesHandler {
  constructor(@Inject(BundlesService) private readonly bundles: BundlesService) {}

  @Handles(makeBundle)
  @Access('services')
  async make(@Payload({ schema: makeBundle.request }) parts: RequestEvidence): Promise<{ bundle: string }> {
    return { bundle: Buffer.from(await this.bundles.make(parts)).toString('ascii') };
  }
}
