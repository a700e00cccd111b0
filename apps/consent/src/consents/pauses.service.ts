import { Inject, Injectable } from '@nestjs/common';
import type { ConsentView } from '@bayway/contracts';
import { Transactions } from '@bayway/service';
import { endBy, pause, resume, type Change, type Consent } from './consent.js';
import { assertHers } from './consents.service.js';
import { lockConsent } from './consents.store.js';
import { viewOf } from './consent-view.js';
import type { Cause } from './history.entity.js';
import { ConsentLifecycle } from './lifecycle.service.js';

type Rule = (consent: Consent, at: Date) => Change;

/** Stops beside withdrawal: her own pause, and ends that others bring about. */
@Injectable()
export class PausesService {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(ConsentLifecycle) private readonly lifecycle: ConsentLifecycle,
  ) {}

  /** In force when answered: no permit until she resumes it. @throws DomainError */
  pause(consentId: string, subjectId: string): Promise<ConsentView> {
    return this.hers(consentId, subjectId, pause);
  }

  /** @throws DomainError `consent-not-paused`, or why it cannot go on */
  resume(consentId: string, subjectId: string): Promise<ConsentView> {
    return this.hers(consentId, subjectId, resume);
  }

  /** A party ends it, or an authority declares it invalid. @throws DomainError when there is nothing to end */
  end(consentId: string, state: 'terminated' | 'invalidated', cause: Cause): Promise<ConsentView> {
    return this.move(consentId, { rule: (consent, at) => endBy(consent, state, at), cause });
  }

  private hers(consentId: string, subjectId: string, rule: Rule): Promise<ConsentView> {
    return this.move(consentId, { rule, cause: 'subject', subjectId });
  }

  private move(
    consentId: string,
    { rule, cause, subjectId }: { rule: Rule; cause: Cause; subjectId?: string },
  ): Promise<ConsentView> {
    return this.transactions.run(async (tx) => {
      if (subjectId !== undefined) await assertHers(tx, consentId, subjectId);
      const consent = await lockConsent(tx, consentId);
      const at = new Date();
      return viewOf(tx, await this.lifecycle.move(tx, consent, { change: rule(consent, at), cause, at }));
    });
  }
}
