import { Inject, Injectable } from '@nestjs/common';
import { DomainError, type activateConsent, type ConsentView } from '@bayway/contracts';
import { Transactions } from '@bayway/service';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { mayActFor } from '../representations/representations.store.js';
import { WithdrawalsService } from '../withdrawals/withdrawals.service.js';
import { activate, endBy, NEXT, passTime } from './consent.js';
import { ConsentEntity } from './consent.entity.js';
import { findOverdue, findUntold, latestReceipt, lockConsent } from './consents.store.js';
import { viewOf } from './consent-view.js';
import { ConsentLifecycle } from './lifecycle.service.js';

/** One look of the clock handles at most this many consents. */
const BATCH = 200;

/** What moves a consent on after her answer: the code's redemption, her withdrawal, and time. */
@Injectable()
export class ConsentsService {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(ConsentLifecycle) private readonly lifecycle: ConsentLifecycle,
    @Inject(WithdrawalsService) private readonly withdrawals: WithdrawalsService,
  ) {}

  /** The importer's side redeemed the code. Told again: the same answer. @throws DomainError */
  activate({
    consentId,
    flowId,
  }: z.infer<typeof activateConsent.request>): Promise<z.infer<typeof activateConsent.answer>> {
    return this.transactions.run(async (tx) => {
      const consent = await lockConsent(tx, consentId);
      const at = new Date();
      const change = activate(consent, flowId, at);
      const given = change ? await this.lifecycle.move(tx, consent, { change, cause: 'redemption', at }) : consent;
      if (change?.state === 'renewed') await this.replace(tx, consent, at);
      return { consentId, state: given.state, receipt: await latestReceipt(tx, consentId) };
    });
  }

  /** What a renewal takes the place of ends, unless it has; a release that it let start goes on. */
  private async replace(tx: EntityManager, { renews }: ConsentEntity, at: Date): Promise<void> {
    const earlier = await lockConsent(tx, renews ?? '');
    if (NEXT[earlier.state].includes('terminated'))
      await this.lifecycle.move(tx, earlier, { change: endBy(earlier, 'terminated', at), cause: 'renewal', at });
  }

  /**
   * She takes it back; in force when this returns. The answer names every release that began before.
   * @throws DomainError `consent-not-found` also for another subject's
   */
  withdraw(consentId: string, subjectId: string): Promise<ConsentView> {
    return this.transactions.run(async (tx) => {
      await assertHers(tx, consentId, subjectId);
      const consent = await lockConsent(tx, consentId);
      return viewOf(tx, await this.withdrawals.end(tx, consent, { channel: 'portal', by: subjectId }));
    });
  }

  /** Lapses and expires what is overdue, then tells of ends that waited for a release. @returns how many moved */
  async sweep(at: Date = new Date()): Promise<number> {
    const overdue = await this.transactions.run((tx) => findOverdue(tx, at, BATCH));
    for (const id of overdue) await this.transactions.run((tx) => this.pass(tx, id, at));
    const untold = await this.transactions.run((tx) => findUntold(tx, at, BATCH));
    for (const id of untold) await this.transactions.run((tx) => this.tell(tx, id, at));
    return overdue.length + untold.length;
  }

  private async pass(tx: EntityManager, id: string, at: Date): Promise<void> {
    const consent = await lockConsent(tx, id);
    const change = passTime(consent, at);
    if (change) await this.lifecycle.move(tx, consent, { change, cause: 'time', at });
  }

  private async tell(tx: EntityManager, id: string, at: Date): Promise<void> {
    const consent = await lockConsent(tx, id);
    if (consent.endedAt && !consent.endToldAt) await this.lifecycle.tellEnd(tx, consent, at);
  }
}

/** Another subject's consent does not exist for her, unless she may act for that subject now. */
export async function assertHers(db: EntityManager, id: string, subjectId: string): Promise<void> {
  if (await db.existsBy(ConsentEntity, { id, subjectId })) return;
  const consent = await db.findOne(ConsentEntity, {
    where: { id },
    select: { id: true, subjectId: true, detail: true },
  });
  const about = consent && { subjectId: consent.subjectId, dataset: consent.detail.dataset };
  if (!about || !(await mayActFor(db, subjectId, about))) throw new DomainError('consent-not-found', { consentId: id });
}
