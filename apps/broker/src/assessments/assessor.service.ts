import { Inject, Injectable } from '@nestjs/common';
import { AssessmentClaims, DomainError, signerOf, type Refusal } from '@bayway/contracts';
import type { FlowId, Jurisdiction } from '@bayway/domain';
import { digestOf, sign, verify } from '@bayway/envelope';
import { CONFIG, Keys, recordEvidence, Transactions } from '@bayway/service';
import type { Facts } from '@bayway/trust-rules';
import type { EntityManager } from 'typeorm';
import { BrokerConfig } from '../config.js';
import { AssessedFlowEntity } from './assessed-flow.entity.js';
import { judge } from './assessment.js';
import { AssessmentEntity } from './assessment.entity.js';

/** What an assessment is about: the digest it names, at which stage. */
export type Subject = Readonly<{ stage: 'ask' | 'release'; requestDigest: string }>;

/** One side's signed word on a request. `refusal` is null exactly when it proceeds. */
export type Verdict = Readonly<{ claims: AssessmentClaims; refusal: Refusal | null; jws: string }>;

/** Decides, signs and keeps this jurisdiction's assessments, and verifies those of others. */
@Injectable()
export class Assessor {
  constructor(
    @Inject(CONFIG) private readonly config: BrokerConfig,
    @Inject(Keys) private readonly keys: Keys,
    @Inject(Transactions) private readonly transactions: Transactions,
  ) {}

  /** The jurisdiction this broker speaks for. */
  get me(): Jurisdiction {
    return this.config.JURISDICTION;
  }

  /** Decides and signs. Nothing is stored yet. */
  async decide(facts: Facts, about: Subject): Promise<Verdict> {
    const { claims, refusal } = judge(facts, { ...about, me: this.me, at: new Date() });
    return { claims, refusal, jws: await sign(this.keys.own('sig'), 'assessment', claims) };
  }

  /** Decides, signs and stores in one transaction of its own. */
  async decideAndRecord(facts: Facts, about: Subject & { flowId: FlowId }): Promise<Verdict> {
    const verdict = await this.decide(facts, about);
    await this.transactions.run((tx) => this.record(tx, verdict, { facts, flowId: about.flowId }));
    return verdict;
  }

  /** Stores a signed assessment with the facts it was made from, and its evidence. */
  async record(tx: EntityManager, verdict: Verdict, about: { facts: Facts; flowId: FlowId }): Promise<void> {
    const { jti, stage, requestDigest, outcome, proceeds, factsDigest, pack } = verdict.claims;
    const { flowId, facts } = about;
    const row = { stage, requestDigest, flowId, factsDigest, outcome, proceeds, jws: verdict.jws };
    const rules = { packVersion: pack.version, packDigest: pack.digest };
    // Finer than the whole seconds of `iat`, so that the newest stands first also among those of one second.
    await tx.save(AssessmentEntity, { id: jti, ...row, ...rules, facts, madeAt: new Date() });
    const shared = { flowId, stage, requestDigest };
    const assessment = digestOf(verdict.jws);
    await recordEvidence(tx, 'assessment.made', {
      ...shared,
      assessment,
      outcome,
      factsDigest,
      packDigest: pack.digest,
    });
    // At stage `release` the request itself is refused, by whoever settles it.
    if (verdict.refusal && stage === 'ask') {
      const { code, rule } = verdict.refusal;
      await recordEvidence(tx, 'request.refused', { ...shared, assessment, code, rule });
    }
  }

  /**
   * The claims of an assessment that the broker of `side` signed over this very request.
   * @throws EnvelopeError when another one signed it; DomainError `assessment-invalid` for another request or stage
   */
  async verify(
    jws: string,
    { side, stage, requestDigest }: Subject & { side: Jurisdiction },
  ): Promise<AssessmentClaims> {
    const trust = { keys: await this.keys.directoryFor(jws), at: new Date() };
    const by = signerOf(side, 'broker');
    const claims = await verify(jws, { type: 'assessment', schema: AssessmentClaims, by, ...trust });
    if (claims.iss !== by || claims.stage !== stage || claims.requestDigest !== requestDigest)
      throw new DomainError('assessment-invalid');
    return claims;
  }

  /** Keeps, as the importer's broker, what a later release of this flow is assessed with. */
  async keepFlow(flow: Omit<AssessedFlowEntity, 'assessedAt'>): Promise<void> {
    await this.transactions.db.manager.save(AssessedFlowEntity, { ...flow, assessedAt: new Date() });
  }

  /** What this broker, as the importer's, keeps of a flow; null when it never assessed it. */
  flow(flowId: FlowId): Promise<AssessedFlowEntity | null> {
    return this.transactions.db.manager.findOneBy(AssessedFlowEntity, { flowId });
  }
}
