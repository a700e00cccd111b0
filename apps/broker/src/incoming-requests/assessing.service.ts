import { Inject, Injectable } from '@nestjs/common';
import { consentFacts, DomainError, type SignedRequestClaims } from '@bayway/contracts';
import { bayDay, type ConsentId, type FlowId, isInForce, type SubjectHandle } from '@bayway/domain';
import { Bus, Transactions } from '@bayway/service';
import type { Facts } from '@bayway/trust-rules';
import { QueryFailedError } from 'typeorm';
import type { z } from 'zod';
import { Assessor, type Verdict } from '../assessments/assessor.service.js';
import { factsOf } from '../assessments/facts.js';
import { SidesService, type Wanted } from '../assessments/sides.service.js';
import { countingOf } from '../counters/counting.js';
import { CountersStore, type Counts } from '../counters/counters.store.js';
import { problemOfConsent } from '../data-requests/data-request.js';
import { requireWithinConsent } from '../data-requests/signed-request.js';
import { step } from './incoming-request.js';
import { IncomingRequestEntity } from './incoming-request.entity.js';
import { ended, SettlingService, type End } from './settling.service.js';
import { VerificationService } from './verification.service.js';

type ConsentFacts = z.infer<typeof consentFacts.answer>;
type Known = Pick<IncomingRequestEntity, 'jti' | 'holder' | 'dataset' | 'consentId' | 'ownAssessment'>;
type Asked = Readonly<{ claims: SignedRequestClaims; consent: ConsentFacts; asOf: string }>;
type Decided = Readonly<{ facts: Facts; flowId: FlowId; verdict: Verdict; known: Known; end: End | null }>;

const yearOf = (day: string): number => Number(day.slice(0, 4));

/** Decides, over fresh facts, whether the holder's side lets a record go. */
@Injectable()
export class AssessingService {
  @Inject(VerificationService) private readonly verification!: VerificationService;
  @Inject(Bus) private readonly bus!: Bus;
  @Inject(SidesService) private readonly sides!: SidesService;
  @Inject(CountersStore) private readonly counters!: CountersStore;
  @Inject(Assessor) private readonly assessor!: Assessor;
  @Inject(Transactions) private readonly transactions!: Transactions;
  @Inject(SettlingService) private readonly settling!: SettlingService;

  /**
   * Takes a request from `arrived` to `assessed`, or ends it.
   * @returns the request when it goes on, null when it has ended
   * @throws DomainError, EnvelopeError for what the request itself, or a service that does not answer, stumbles over
   */
  async assess(row: IncomingRequestEntity): Promise<IncomingRequestEntity | null> {
    const claims = await this.verification.verify(row);
    const consentId = claims.consent_id as ConsentId;
    const subjectHandle = claims.subject_handle as SubjectHandle;
    // One day for consent, counters and facts: at midnight before 1 January nobody is counted in two years.
    const asOf = bayDay(new Date());
    const consent = await this.bus.ask(consentFacts, { consentId, subjectHandle, year: yearOf(asOf) });
    requireWithinConsent(claims, consent, { importer: row.importer, exporter: this.assessor.me });
    const facts = await this.factsFor(row, { claims, consent, asOf });
    const verdict = await this.assessor.decide(facts, { stage: 'release', requestDigest: row.requestDigest });
    const known = {
      jti: claims.jti,
      holder: claims.holder,
      dataset: claims.dataset,
      consentId,
      ownAssessment: verdict.jws,
    };
    const problem = problemOfConsent(consent.state) ?? verdict.refusal?.code ?? null;
    const end = problem && ended('refused', problem, verdict.refusal);
    await this.once(() => this.store(row, { facts, flowId: claims.request_id, verdict, known, end }));
    return end ? null : { ...row, ...known, ...step(row, 'assessed', { at: new Date() }) };
  }

  private async factsFor(row: IncomingRequestEntity, { claims, consent, asOf }: Asked): Promise<Facts> {
    const { subject, detail, notice } = consent;
    const wanted: Wanted = {
      ...{ dataset: claims.dataset, holder: claims.holder, items: claims.items, purpose: claims.purpose },
      ...{ importer: row.importer, recipient: row.recipient, recipient_key: claims.recipient_key },
      mode: detail.mode,
      optional_items: [],
    };
    const { part } = await this.sides.exporter(wanted, { subject, asOf, counts: 'as-they-stand' });
    const about = { mode: detail.mode, purpose: detail.purpose.code, asOf, subject };
    const agreed = { consent: consent.consent, notice, verify: { subjectInitiated: consent.consent.given } };
    const facts = factsOf({ ...row.importerPart, ...part }, agreed, about);
    const counters = await this.reserve(row, { claims, consent, facts });
    return counters ? { ...facts, counters } : facts;
  }

  /** Counted are persons whose data leave the jurisdiction under a consent in force, unless the export is exempt. */
  private async reserve(
    row: IncomingRequestEntity,
    { claims, consent, facts }: Omit<Asked, 'asOf'> & { facts: Facts },
  ): Promise<Counts | null> {
    if (row.importer === this.assessor.me || !isInForce(consent.state)) return null;
    const kind = countingOf(facts);
    if (!kind) return null;
    const { holder } = claims;
    const person = { holder, year: yearOf(facts.asOf), class: kind, countedAs: consent.countedAs };
    return this.counters.reserve(row.id, person);
  }

  private store(row: IncomingRequestEntity, { facts, flowId, verdict, known, end }: Decided): Promise<void> {
    return this.transactions.run(async (tx) => {
      const change = end ? known : { ...known, ...step(row, 'assessed', { at: new Date() }) };
      const { affected } = await tx.update(IncomingRequestEntity, { id: row.id, state: 'arrived' }, change);
      // Another instance was faster: its assessment stands.
      if (affected !== 1) throw new DomainError('data-request-changed');
      await this.assessor.record(tx, verdict, { facts, flowId });
      if (end) await this.settling.settle(tx, row.id, end);
    });
  }

  /** INVARIANT: unique (importer, recipient, jti). A signed request counts once, under whatever id it comes. */
  private async once(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const isTwice = error instanceof QueryFailedError && (error.driverError as { code?: string }).code === '23505';
      throw isTwice ? new DomainError('data-request-replayed', {}, { cause: error }) : error;
    }
  }
}
