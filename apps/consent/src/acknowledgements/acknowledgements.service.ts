import { Injectable } from '@nestjs/common';
import { endAcknowledged } from '@bayway/contracts';
import { OnFact } from '@bayway/service';
import { IsNull, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import { AcknowledgementEntity } from './acknowledgement.entity.js';

/** Who has been told of a withdrawal, and who has said so. */
@Injectable()
export class AcknowledgementsService {
  /** Opens the list at a withdrawal: holder and recipient, silent until they answer. */
  async expect(tx: EntityManager, consentId: string): Promise<void> {
    const what = 'withdrawal' as const;
    await tx.insert(AcknowledgementEntity, [
      { consentId, by: 'holder', what, at: null },
      { consentId, by: 'recipient', what, at: null },
    ]);
  }

  /** The first word of each counts; acknowledgements of other ends than a withdrawal are not on the list. */
  @OnFact(endAcknowledged)
  async acknowledged(fact: z.infer<typeof endAcknowledged.data>, tx: EntityManager): Promise<void> {
    const { consentId, by } = fact;
    await tx.update(
      AcknowledgementEntity,
      { consentId, by, what: 'withdrawal', at: IsNull() },
      { at: new Date(fact.at) },
    );
  }
}
