import { Inject, Injectable } from '@nestjs/common';
import { DomainError, type AdminConsentDetail, type AdminConsentPage, type ConsentFilter } from '@bayway/contracts';
import { DataSource } from 'typeorm';
import { ConsentEntity } from '../consents/consent.entity.js';
import { decodeCursor, encodeCursor } from '../keyset.js';
import { detailOf, toAdminView } from './consents-view.js';
import { count, findIds, findInOrder } from './search.store.js';

/** A page's total is exact up to this many. */
export const EXACT_TO = 10_000;

/** What administrators find. Nothing here changes anything. */
@Injectable()
export class SearchService {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  /** A page, newest decision first. @throws DomainError `request-invalid` for a cursor that is not ours */
  async page(
    filter: ConsentFilter,
    { after, limit }: { after?: string | undefined; limit: number },
  ): Promise<AdminConsentPage> {
    const db = this.db.manager;
    const place = after === undefined ? null : decodeCursor(after);
    const [ids, found] = await Promise.all([
      findIds(db, { filter, after: place, limit: limit + 1 }),
      count(db, filter, EXACT_TO + 1),
    ]);
    const rows = await findInOrder(db, ids.slice(0, limit));
    const last = ids.length > limit ? rows.at(-1) : undefined;
    return {
      items: rows.map(toAdminView),
      total: Math.min(found, EXACT_TO),
      exact: found <= EXACT_TO,
      next: last ? encodeCursor(last.decidedAt, last.id) : null,
    };
  }

  /** The exact number, however large: asked for after the page, which does not wait for it. */
  async total(filter: ConsentFilter): Promise<{ total: number }> {
    return { total: await count(this.db.manager, filter, null) };
  }

  /** @throws DomainError `consent-not-found` */
  async one(id: string): Promise<AdminConsentDetail> {
    const consent = await this.db.manager.findOneBy(ConsentEntity, { id });
    if (!consent) throw new DomainError('consent-not-found', { consentId: id });
    return detailOf(this.db.manager, consent);
  }
}
