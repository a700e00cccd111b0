import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { consentEvidence, DomainError } from '@bayway/contracts';
import { Access, evidenceAbout, Handles } from '@bayway/service';
import { DataSource, In } from 'typeorm';
import type { z } from 'zod';
import { ActEntity, inOrder } from '../consents/act.entity.js';
import { ReceiptEntity } from '../consents/receipt.entity.js';
import { UseEntity } from './use.entity.js';

type Asked = z.infer<typeof consentEvidence.request>;
type Evidence = z.infer<typeof consentEvidence.answer>;

/** Gives the broker what this service keeps about one release under a consent: receipt, acts, records with their salts. */
@Controller()
export class EvidenceHandler {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  @Handles(consentEvidence)
  @Access('services')
  async evidence(@Payload({ schema: consentEvidence.request }) asked: Asked): Promise<Evidence> {
    const { consentId, dataRequestId } = asked;
    const { db } = this;
    const isUsed = await db.manager.existsBy(UseEntity, { consentId, dataRequestId });
    // The first: of when it came into force, before any pause.
    const where = { consentId, state: In(['given', 'renewed']) };
    const receipt = await db.manager.findOne(ReceiptEntity, { where, order: { issuedAt: 'asc' } });
    if (!isUsed || !receipt) throw new DomainError('consent-not-found');
    const acts = inOrder(await db.manager.findBy(ActEntity, { consentId })).map(({ jws }) => jws);
    const given = await evidenceAbout(db, { types: ['consent.given'], about: { consentId } });
    const issued = await evidenceAbout(db, { types: ['permit.issued'], about: { consentId, dataRequestId } });
    return { receipt: receipt.jws, acts, records: [...given, ...issued] };
  }
}
