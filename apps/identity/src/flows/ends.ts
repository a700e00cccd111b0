import { Injectable } from '@nestjs/common';
import { consentEnded, grantEnded } from '@bayway/contracts';
import { noteConsentEnd, OnFact } from '@bayway/service';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { endGrantsOf } from '../oidc/grants.js';
import { SubjectHandleEntity } from '../residents/handle.entity.js';

/** A consent that ended, here or abroad: no grant, code or refresh token names it from then on, and no handle resolves. */
@Injectable()
export class Ends {
  @OnFact(consentEnded)
  async ended({ consentId, at }: z.infer<typeof consentEnded.data>, tx: EntityManager): Promise<void> {
    await tx.update(SubjectHandleEntity, { consentId }, { endedAt: new Date() });
    await endGrantsOf(tx, consentId);
    await noteConsentEnd(tx, consentId, at);
  }

  @OnFact(grantEnded)
  async endedAbroad({ consentId }: z.infer<typeof grantEnded.data>, tx: EntityManager): Promise<void> {
    await endGrantsOf(tx, consentId);
  }
}
