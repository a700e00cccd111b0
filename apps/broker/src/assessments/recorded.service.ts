import { Inject, Injectable } from '@nestjs/common';
import { AssessmentClaims, DomainError, signerOf } from '@bayway/contracts';
import { EnvelopeError, verify } from '@bayway/envelope';
import { CONFIG, Keys } from '@bayway/service';
import { packs, replay, type Decided } from '@bayway/trust-rules';
import { decodeJwt } from 'jose';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { BrokerConfig } from '../config.js';
import { cursorOf, placeOf } from '../paging.js';
import { AssessmentEntity } from './assessment.entity.js';
import type {
  AssessmentId,
  AssessmentsPage,
  AssessmentsQuery,
  AssessmentSummary,
  AssessmentView,
  ReplayView,
} from './assessment-views.js';

/** Reads the assessments that this broker made, and decides them again. Changes nothing. */
@Injectable()
export class RecordedService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(Keys) private readonly keys: Keys,
    @Inject(CONFIG) private readonly config: BrokerConfig,
  ) {}

  /** @throws DomainError `request-invalid` for a cursor that is not ours */
  async page(asked: AssessmentsQuery): Promise<AssessmentsPage> {
    const { flow, request, stage, outcome, limit } = asked;
    const query = this.db.manager.createQueryBuilder(AssessmentEntity, 'a').orderBy('a.madeAt', 'DESC');
    query.addOrderBy('a.id', 'DESC').limit(limit + 1);
    if (flow) query.andWhere('a.flow_id = :flow', { flow });
    if (stage) query.andWhere('a.stage = :stage', { stage });
    if (outcome) query.andWhere('a.outcome = :outcome', { outcome });
    if (request) query.andWhere(`a.request_digest in (${DIGESTS_OF_REQUEST})`, { request });
    if (asked.after) query.andWhere('(a.made_at, a.id) < (:at, :id)', afterOf(asked.after));
    const rows = await query.getMany();
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return { items: shown.map(summaryOf), next: last ? cursorOf([last.madeAt.toISOString(), last.id]) : null };
  }

  /** @throws DomainError `assessment-not-found` */
  async one(id: AssessmentId): Promise<AssessmentView> {
    const row = await this.find(id);
    return { ...summaryOf(row), facts: row.facts, assessment: row.jws };
  }

  /** @throws DomainError `assessment-not-found` */
  async replay(id: AssessmentId): Promise<ReplayView> {
    const { jws, facts, madeAt } = await this.find(id);
    const signed = AssessmentClaims.parse(decodeJwt(jws));
    const { outcome, proceeds, asOf, pack } = signed;
    return {
      ...{ id, recorded: { outcome, proceeds, asOf, pack }, pack: packs },
      signatureValid: await this.isSigned(jws, madeAt),
      ...replay(facts, signed as Decided & AssessmentClaims),
    };
  }

  private async isSigned(jws: string, at: Date): Promise<boolean> {
    const by = signerOf(this.config.JURISDICTION, 'broker');
    const keys = await this.keys.directoryFor(jws);
    return verify(jws, { type: 'assessment', schema: AssessmentClaims, by, keys, at }).then(
      () => true,
      (error: unknown) => {
        if (error instanceof EnvelopeError) return false;
        throw error;
      },
    );
  }

  private async find(id: AssessmentId): Promise<AssessmentEntity> {
    const row = await this.db.manager.findOneBy(AssessmentEntity, { id });
    if (!row) throw new DomainError('assessment-not-found', { id });
    return row;
  }
}

/** Digests of a signed request that this broker made or took in, by the id of its data request (`:request`). */
export const DIGESTS_OF_REQUEST = `
  select request_digest from data_request where id = :request
  union select request_digest from incoming_request where id = :request`;

const Place = z.tuple([z.iso.datetime(), z.uuid()]);

function afterOf(cursor: string): { at: string; id: string } {
  const [at, id] = placeOf(cursor, Place);
  return { at, id };
}

const summaryOf = (row: AssessmentEntity): AssessmentSummary => ({
  id: row.id as AssessmentId,
  stage: row.stage,
  flowId: row.flowId,
  requestDigest: row.requestDigest,
  outcome: row.outcome as AssessmentSummary['outcome'],
  proceeds: row.proceeds,
  factsDigest: row.factsDigest,
  pack: { version: row.packVersion, digest: row.packDigest },
  madeAt: row.madeAt.toISOString(),
});
