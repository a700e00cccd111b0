import { Inject, Injectable } from '@nestjs/common';
import { ConsentReceiptClaims, type KeptReceipt, type ReceiptPageView } from '@bayway/contracts';
import { renderFragment } from '@bayway/design';
import type { Language } from '@bayway/domain';
import { digestOf } from '@bayway/envelope';
import { createElement } from 'react';
import { DataSource } from 'typeorm';
import { AskEntity } from '../asks/ask.entity.js';
import { ShownEntity } from '../asks/shown.entity.js';
import { ActEntity, inOrder } from '../consents/act.entity.js';
import { ConsentEntity } from '../consents/consent.entity.js';
import { assertHers } from '../consents/consents.service.js';
import { latestReceipt } from '../consents/consents.store.js';
import { Signer } from '../signer.js';
import { ReceiptPage } from './receipt-page.js';
import { receiptWords } from './receipt-words.js';

/** What she keeps of a consent: to be checked by anybody, and to be printed. */
@Injectable()
export class KeptReceipts {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(Signer) private readonly signer: Signer,
  ) {}

  /** The newest receipt with the acts and the page it speaks of. @throws DomainError `consent-not-found` also for others' */
  async kept(consentId: string, subjectId: string): Promise<KeptReceipt> {
    const db = this.db.manager;
    await assertHers(db, consentId, subjectId);
    const acts = inOrder(await db.findBy(ActEntity, { consentId }));
    const { askId } = await db.findOneByOrFail(ConsentEntity, { id: consentId });
    const shown = await db.findOneByOrFail(ShownEntity, { askId, digest: acts[0]?.shownDigest ?? '' });
    return { receipt: await latestReceipt(db, consentId), acts: acts.map(({ jws }) => jws), shown: shown.html };
  }

  /** The receipt to be printed, in the language asked for, else in the one she read. */
  async page(consentId: string, subjectId: string, wished?: Language): Promise<ReceiptPageView> {
    const { receipt, shown } = await this.kept(consentId, subjectId);
    const by = this.signer.me;
    const claims = await this.signer.verify(receipt, { type: 'receipt', schema: ConsentReceiptClaims, by });
    const consent = await this.db.manager.findOneByOrFail(ConsentEntity, { id: consentId });
    const { parties } = await this.db.manager.findOneByOrFail(AskEntity, { id: consent.askId });
    const language = wished ?? claims.notice.language;
    const props = { language, claims, digest: digestOf(receipt), dataset: parties.dataset.name, items: consent.items };
    const html = renderFragment(createElement(ReceiptPage, { ...props, shown }));
    return { language, title: receiptWords[language].title, html };
  }
}
