import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DomainError, type MakeObjection, type ObjectionView } from '@bayway/contracts';
import { recordEvidence, Transactions } from '@bayway/service';
import { IsNull, type EntityManager } from 'typeorm';
import { ConsentEntity } from '../consents/consent.entity.js';
import { assertHers } from '../consents/consents.service.js';
import { UseEntity } from '../permits/use.entity.js';
import { authoritiesFor } from './authorities.js';
import { ObjectionEntity } from './objection.entity.js';

/** "This is wrong" and "this was not me": kept with evidence, shown to administrators, with the place to complain. */
@Injectable()
export class ObjectionsService {
  constructor(@Inject(Transactions) private readonly transactions: Transactions) {}

  /** Said again, it is the same one. @throws DomainError `consent-not-found` also for another's, `use-not-found` */
  make(consentId: string, subjectId: string, body: MakeObjection): Promise<ObjectionView> {
    const { about } = body;
    const dataRequestId = body.dataRequestId ?? null;
    return this.transactions.run(async (tx) => {
      const consent = await hers(tx, consentId, subjectId);
      if (dataRequestId && !(await tx.existsBy(UseEntity, { consentId, dataRequestId })))
        throw new DomainError('use-not-found', { consentId, dataRequestId });
      const row: ObjectionEntity = { id: randomUUID(), consentId, dataRequestId, about, at: new Date() };
      const made = await tx
        .createQueryBuilder()
        .insert()
        .into(ObjectionEntity)
        .values(row)
        .orIgnore()
        .returning('id')
        .execute();
      if ((made.raw as unknown[]).length > 0) {
        await recordEvidence(tx, 'objection.made', { objectionId: row.id, consentId, dataRequestId, about });
        return toView(row, consent);
      }
      const same = { consentId, about, dataRequestId: dataRequestId ?? IsNull() };
      return toView(await tx.findOneByOrFail(ObjectionEntity, same), consent);
    });
  }

  /** What she has said about a consent, newest first. @throws DomainError `consent-not-found` */
  list(consentId: string, subjectId: string): Promise<{ items: ObjectionView[] }> {
    return this.transactions.run(async (tx) => {
      const consent = await hers(tx, consentId, subjectId);
      const rows = await tx.find(ObjectionEntity, { where: { consentId }, order: { at: 'desc' }, take: 100 });
      return { items: rows.map((row) => toView(row, consent)) };
    });
  }
}

async function hers(tx: EntityManager, id: string, subjectId: string): Promise<ConsentEntity> {
  await assertHers(tx, id, subjectId);
  return tx.findOneByOrFail(ConsentEntity, { id });
}

const toView = (row: ObjectionEntity, consent: ConsentEntity): ObjectionView => ({
  id: row.id,
  consentId: row.consentId as ObjectionView['consentId'],
  dataRequestId: row.dataRequestId as ObjectionView['dataRequestId'],
  about: row.about,
  at: row.at.toISOString(),
  authorities: authoritiesFor(consent.detail),
});
