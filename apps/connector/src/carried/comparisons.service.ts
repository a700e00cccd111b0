import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@bayway/contracts';
import type { DataRequestId, IdentityDocument } from '@bayway/domain';
import { fingerprintOf } from '@bayway/envelope';
import { Transactions } from '@bayway/service';
import { In, IsNull, LessThan, type EntityManager } from 'typeorm';
import type { Verified } from '../releases/orders.service.js';
import { PersonNames } from '../settings/person-names.js';
import { CarriedRecordEntity } from './carried-record.entity.js';

/** A file that was compared a while ago need not be told from one that never was. */
const KEPT_MS = 60 * 86_400_000;

/** Compares what somebody brought to a recipient with what the holder gave her, once. */
@Injectable()
export class ComparisonsService {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(PersonNames) private readonly names: PersonNames,
  ) {}

  /**
   * The digest of the file that a fingerprint is of; null when it is of none that this person was given, with these
   * items, and that still counts.
   * @throws DomainError `request-record-compared` for one that was compared before
   */
  async find({ request }: Verified, documents: readonly IdentityDocument[]): Promise<string | null> {
    const { dataset, items, carried } = request;
    if (!carried) throw new DomainError('request-fingerprint-missing');
    const person = In(documents.map((document) => this.names.nameOf('carried', document)));
    const given = await this.transactions.db.manager.findBy(CarriedRecordEntity, { person, dataset });
    const found = given.find(({ digest }) => fingerprintOf(digest, carried.salt) === carried.fingerprint);
    if (!found) return null;
    if (found.comparedAt) throw new DomainError('request-record-compared');
    const isSame = found.items.length === new Set(items).size && found.items.every((item) => items.includes(item));
    return isSame && found.expiresAt > new Date() ? found.digest : null;
  }

  /** Uses a file up, together with the release of the answer. @throws DomainError `request-record-compared` */
  async use(tx: EntityManager, digest: string, dataRequestId: DataRequestId): Promise<void> {
    const change = { comparedAt: new Date(), dataRequestId };
    const { affected } = await tx.update(CarriedRecordEntity, { digest, comparedAt: IsNull() }, change);
    if (affected !== 1) throw new DomainError('request-record-compared');
  }

  /** Forgets files that have long expired. */
  async forget(): Promise<void> {
    const expiresAt = LessThan(new Date(Date.now() - KEPT_MS));
    await this.transactions.db.manager.delete(CarriedRecordEntity, { expiresAt });
  }
}
