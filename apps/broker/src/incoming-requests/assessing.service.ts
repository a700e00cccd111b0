import { Inject, Injectable } from '@nestjs/common';
import { consentFacts, DomainError, type SignedRequestClaims } from '@bayway/contracts';
import type { ConsentId, FlowId, SubjectHandle } from '@bayway/domain';
import { Bus } from '@bayway/service';
import type { Facts } from '@bayway/trust-rules';
import { QueryFailedError } from 'typeorm';
import type { z } from 'zod';
import { Assessor, type Verdict } from '../assessments/assessor.service.js';
import { bayDay } from '../assessments/bay-day.js';
import { factsOf } from '../assessments/facts.js';
import { SidesService, type ExporterSide, type Wanted } from '../assessments/sides.service.js';
import { CountersStore, type Counts } from '../counters/counters.store.js';
import { problemOfConsent } from '../data-requests/data-request.js';
import { requireWithinConsent } from '../data-requests/signed-request.js';
import { Transactions } from '../transactions.js';
import { IncomingRequestEntity } from './incoming-request.entity.js';
import { ended, SettlingService, type End } from './settling.service.js';
import { VerificationService } from './verification.service.js';

type ConsentFacts = z.infer<typeof consentFacts.answer>;
type Known = Pick<IncomingRequestEntity, 'jti' | 'holder' | 'consentId' | 'ownAssessment'>;
type Decided = Readonly<{ facts: Facts; flowId: FlowId; verdict: Verdict; known: Known; end: End | null }>;

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
    const consent = await this.bus.ask(consentFacts, { consentId, subjectHandle });
    requireWithinConsent(claims, consent, { importer: row.importer, exporter: this.assessor.me });
    const side = await this.sideOf(row, claims, consent);
    const facts = this.factsFor(row, { side, consent });
    const verdict = await this.assessor.decide(facts, { stage: 'release', requestDigest: row.requestDigest });
    const known = { jti: claims.jti, holder: claims.holder, consentId, ownAssessment: verdict.jws };
    const problem = problemOfConsent(consent.state) ?? verdict.refusal?.code ?? null;
    const end = problem && ended('refused', problem, verdict.refusal);
    await this.once(() => this.store(row, { facts, flowId: claims.request_id, verdict, known, end }));
    return end ? null : { ...row, ...known, state: 'assessed' };
  }

  private async sideOf(
    row: IncomingRequestEntity,
    claims: SignedRequestClaims,
    consent: ConsentFacts,
  ): Promise<ExporterSide> {
    const { subject } = consent;
    const wanted: Wanted = {
      ...{ dataset: claims.dataset, holder: claims.holder, items: claims.items, purpose: claims.purpose },
      ...{ importer: row.importer, recipient: row.recipient, recipient_key: claims.recipient_key },
      mode: consent.detail.mode,
      optional_items: [],
    };
    const side = await this.sides.exporter(wanted, { subject });
    const counts = await this.reserve(row, { side, consent });
    return counts ? { ...side, part: { ...side.part, counters: counts } } : side;
  }

  /** Counted are persons whose data leave the jurisdiction under a consent in force. */
  private async reserve(
    row: IncomingRequestEntity,
    { side, consent }: { side: ExporterSide; consent: ConsentFacts },
  ): Promise<Counts | null> {
    const counts = row.importer !== this.assessor.me && consent.subject.kind === 'person' && consent.state === 'given';
    if (!counts) return null;
    const year = Number(bayDay(new Date()).slice(0, 4));
    const person = { holder: side.party.id, year, class: side.class, countedAs: consent.countedAs };
    return this.counters.reserve(row.id, person);
  }

  private factsFor(
    row: IncomingRequestEntity,
    { side, consent }: { side: ExporterSide; consent: ConsentFacts },
  ): Facts {
    const { subject, detail, notice } = consent;
    const about = { purpose: detail.purpose.code, asOf: bayDay(new Date()), subject };
    return factsOf({ ...row.importerPart, ...side.part }, { consent: consent.consent, notice }, about);
  }

  private store(row: IncomingRequestEntity, { facts, flowId, verdict, known, end }: Decided): Promise<void> {
    return this.transactions.run(async (tx) => {
      const change = end ? known : { ...known, state: 'assessed' as const };
      const { affected } = await tx.update(IncomingRequestEntity, { id: row.id, state: 'arrived' }, change);
      // Another instance was faster: its assessment stands.
      if (affected !== 1) throw new DomainError('data-request-changed');
      await this.assessor.record(tx, verdict, { facts, flowId });
      const isExempt = verdict.claims.obligations.some(({ code }) => code === 'not-counted');
      if (isExempt) await this.counters.free(tx, row.id);
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
