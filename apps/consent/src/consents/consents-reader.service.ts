import { bayDay } from '@bayway/domain';
import { Inject, Injectable } from '@nestjs/common';
import { DomainError, type consentFacts, type ConsentPage, type ConsentView } from '@bayway/contracts';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { ActEntity } from './act.entity.js';
import { ConsentEntity } from './consent.entity.js';
import { assertHers } from './consents.service.js';
import { viewOf, viewsOf } from './consent-view.js';
import { decodeCursor, encodeCursor } from '../keyset.js';
import { reachOf } from '../representations/representations.store.js';
import { countOf, findPage } from './consents-page.store.js';
import { CountingKeys } from './counting-keys.store.js';
import { factsOf } from './facts.js';

/** Reads; all it may write is the counting key of a new year. */
@Injectable()
export class ConsentsReader {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(CountingKeys) private readonly countingKeys: CountingKeys,
  ) {}

  /** Fresh facts before a release. @throws DomainError `consent-not-found`, `consent-mismatch` */
  async facts(asked: z.infer<typeof consentFacts.request>): Promise<z.infer<typeof consentFacts.answer>> {
    const { consentId } = asked;
    const consent = await this.db.manager.findOneBy(ConsentEntity, { id: consentId });
    if (!consent) throw new DomainError('consent-not-found', { consentId });
    if (consent.subjectHandle !== asked.subjectHandle) throw new DomainError('consent-mismatch', { consentId });
    const acts = await this.db.manager.findBy(ActEntity, { consentId, answer: 'agree' });
    const { subjectId, holder } = consent;
    const at = new Date();
    const year = asked.year ?? Number(bayDay(at).slice(0, 4));
    const countedAs = await this.countingKeys.nameOf({ subjectId, holder, year });
    return factsOf(consent, { agreed: acts.map((act) => act.kind), countedAs, at });
  }

  /** Her consents, and those of whom she acts for, newest first. @throws DomainError `request-invalid` for a cursor that is not ours */
  async page(subjectId: string, asked: { after?: string | undefined; limit: number }): Promise<ConsentPage> {
    const after = asked.after === undefined ? null : decodeCursor(asked.after);
    const whose = { subjectId, reach: await reachOf(this.db.manager, subjectId) };
    const rows = await findPage(this.db.manager, whose, { after, limit: asked.limit + 1 });
    const shown = rows.slice(0, asked.limit);
    const last = rows.length > asked.limit ? shown.at(-1) : undefined;
    return {
      items: await viewsOf(this.db.manager, shown),
      total: await countOf(this.db.manager, whose),
      next: last ? encodeCursor(last.decidedAt, last.id) : null,
    };
  }

  async one(id: string, subjectId: string): Promise<ConsentView> {
    await assertHers(this.db.manager, id, subjectId);
    return viewOf(this.db.manager, await this.db.manager.findOneByOrFail(ConsentEntity, { id }));
  }
}
