import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  DomainError,
  requestArrived,
  type DataRequestsPage,
  type DataRequestsQuery,
  type DataRequestView,
  type SignedRequestClaims,
} from '@bayway/contracts';
import { bayDay, type EnrichedDetail, type ParticipantId } from '@bayway/domain';
import { digestOf } from '@bayway/envelope';
import { Keys, recordEvidence, Transactions } from '@bayway/service';
import type { Facts } from '@bayway/trust-rules';
import type { EntityManager } from 'typeorm';
import { Assessor, type Verdict } from '../assessments/assessor.service.js';
import { agreedBy, factsOf, nothingAgreed } from '../assessments/facts.js';
import { SidesService, type ImporterSide } from '../assessments/sides.service.js';
import { EndedConsentEntity } from '../consent-ends/ended-consent.entity.js';
import { Peers } from '../peers/peers.js';
import { deadlineOf, problemOfConsent } from './data-request.js';
import { DataRequestEntity, viewOf } from './data-request.entity.js';
import { DataRequestsStore } from './data-requests.store.js';
import { requireWithinToken, verifySignedRequest } from './signed-request.js';
import { Waiting } from './waiting.js';

/** A partner's call: who it is, what its token names, its key for repeating, its signed request. */
export type Call = Readonly<{
  partner: ParticipantId;
  detail: EnrichedDetail | null;
  idempotencyKey: string;
  signedRequest: string;
  /** When it is no longer of use to the partner. */
  deadline?: string;
}>;

type Checked = Readonly<{
  call: Call;
  claims: SignedRequestClaims;
  side: ImporterSide;
  facts: Facts;
  verdict: Verdict;
}>;

/** Partners' requests on the importer's side. */
@Injectable()
export class DataRequestsService {
  @Inject(Assessor) private readonly assessor!: Assessor;
  @Inject(Keys) private readonly keys!: Keys;
  @Inject(SidesService) private readonly sides!: SidesService;
  @Inject(Peers) private readonly peers!: Peers;
  @Inject(Transactions) private readonly transactions!: Transactions;
  @Inject(Waiting) private readonly waiting!: Waiting;
  @Inject(DataRequestsStore) private readonly requests!: DataRequestsStore;

  /**
   * Takes a request. The same key with the same body gives the same request, whatever has become of it.
   * @throws DomainError for what is not a request; a request that is refused is a resource that says so
   */
  async make(call: Call): Promise<{ request: DataRequestEntity; isNew: boolean }> {
    const known = await this.repeated(call);
    if (known) return { request: known, isNew: false };
    const checked = await this.check(call);
    const row = await this.transactions.run((tx) => this.store(tx, checked));
    if (row) this.waiting.wake(row.recipient);
    if (row) return { request: row, isNew: true };
    const meanwhile = await this.repeated(call);
    if (!meanwhile) throw new DomainError('data-request-replayed');
    return { request: meanwhile, isNew: false };
  }

  /** A partner's own request. @throws DomainError `data-request-not-found`, for others' too */
  async find(id: DataRequestEntity['id'], partner: ParticipantId): Promise<DataRequestEntity> {
    const row = await this.transactions.db.manager.findOneBy(DataRequestEntity, { id, recipient: partner });
    if (!row) throw new DomainError('data-request-not-found');
    return row;
  }

  /** A partner's own requests, newest first. @throws DomainError `request-invalid` for a cursor that is not ours */
  page(partner: ParticipantId, query: DataRequestsQuery): Promise<DataRequestsPage> {
    return this.requests.page(partner, query);
  }

  /** The request as its partner sees it: one that cannot leave yet waits for the border. */
  async view(row: DataRequestEntity): Promise<DataRequestView> {
    const atBorder = row.state === 'sent' ? await this.requests.heldAtBorder(row) : null;
    return viewOf(row, new Date(), atBorder ?? row.waiting);
  }

  /** Waits until the other side has answered, at most `waitMs`, and answers the request as it then is. */
  async settled(request: DataRequestEntity, waitMs: number): Promise<DataRequestEntity> {
    const until = Date.now() + waitMs;
    for (let row = request; ; row = await this.find(request.id, request.recipient)) {
      const left = until - Date.now();
      if (row.state !== 'sent' || left <= 0) return row;
      await this.waiting.next(row.id, Math.min(left, POLL_MS));
    }
  }

  private async repeated({ partner, idempotencyKey, ...body }: Call): Promise<DataRequestEntity | null> {
    const where = { recipient: partner, idempotencyKey };
    const known = await this.transactions.db.manager.findOneBy(DataRequestEntity, where);
    const isOther =
      known?.signedRequest !== body.signedRequest ||
      (body.deadline !== undefined && Date.parse(body.deadline) !== known.deadlineAt.getTime());
    if (known && isOther) throw new DomainError('idempotency-key-reused');
    return known;
  }

  private async check(call: Call): Promise<Checked> {
    const { partner, detail, signedRequest } = call;
    const importer = this.assessor.me;
    if (detail?.importer !== importer) throw new DomainError('access-denied', { detail: 'the token names no record' });
    const claims = await verifySignedRequest(this.keys, signedRequest, {
      importer,
      recipient: partner,
      at: new Date(),
    });
    requireWithinToken(claims, detail);
    const side = await this.sides.importer({ importer, recipient: partner, recipient_key: claims.recipient_key });
    const facts = await this.factsFor(claims, detail, side);
    const verdict = await this.assessor.decide(facts, { stage: 'release', requestDigest: digestOf(signedRequest) });
    return { call, claims, side, facts, verdict };
  }

  /** The exporter's part is the one it stated when this flow was assessed; the exporter decides over today's. */
  private async factsFor(claims: SignedRequestClaims, detail: EnrichedDetail, side: ImporterSide): Promise<Facts> {
    const flow = await this.assessor.flow(detail.request_id);
    if (flow?.detail.recipient !== detail.recipient || flow.detail.holder !== detail.holder)
      throw new DomainError('consent-mismatch', { members: ['request_id'] });
    const { data, ...rest } = flow.exporterPart;
    const items = data.items.filter(({ id }) => claims.items.includes(id));
    if (items.length < claims.items.length) throw new DomainError('consent-mismatch', { members: ['items'] });
    const parts = { ...side.part, ...rest, data: { ...data, items } };
    const about = { mode: detail.mode, purpose: claims.purpose.code, asOf: bayDay(new Date()) };
    const asked = factsOf(parts, nothingAgreed, about);
    return factsOf(parts, agreedBy(asked, flow.acts, detail.valid_until), about);
  }

  /** Null when another call with the same key, or with the same signed request, was faster. */
  private async store(tx: EntityManager, checked: Checked): Promise<DataRequestEntity | null> {
    const { claims, verdict, facts } = checked;
    const { exporter, consent_id: consentId } = claims;
    const ended = await tx.findOneBy(EndedConsentEntity, { exporter, consentId: consentId as never });
    const problem = (ended && problemOfConsent(ended.state)) ?? verdict.refusal?.code ?? null;
    const row = rowOf(checked, problem);
    const insert = tx.createQueryBuilder().insert().into(DataRequestEntity).values(row).orIgnore().returning('id');
    const inserted = (await insert.execute()).raw as unknown[];
    if (inserted.length === 0) return null;
    const { id: dataRequestId, requestDigest } = row;
    await recordEvidence(tx, 'request.made', {
      dataRequestId,
      requestDigest,
      consentId,
      exporter,
      recipient: claims.iss,
    });
    await this.assessor.record(tx, verdict, { facts, flowId: claims.request_id });
    if (problem === null) await this.send(tx, row, checked);
    else
      await recordEvidence(tx, 'request.refused', {
        dataRequestId,
        requestDigest,
        problem,
        rule: verdict.refusal?.rule ?? null,
      });
    return row;
  }

  private send(tx: EntityManager, row: DataRequestEntity, { side, verdict }: Checked): Promise<void> {
    const { id: dataRequestId, signedRequest, exporter: to } = row;
    const { part: facts, party } = side;
    const [at, deadlineAt] = [row.createdAt.toISOString(), row.deadlineAt.toISOString()];
    const data = {
      dataRequestId,
      importer: this.assessor.me,
      signedRequest,
      assessment: verdict.jws,
      facts,
      party,
      deadlineAt,
      at,
    };
    return this.peers.tell(tx, requestArrived, { to, aggregate: dataRequestId, data });
  }
}

const POLL_MS = 500;

function rowOf({ call, claims, verdict }: Checked, problem: string | null): DataRequestEntity {
  const at = new Date();
  const { exporter, holder, dataset, jti } = claims;
  const state = problem === null ? 'sent' : 'refused';
  return {
    ...{ exporter, holder, dataset, jti, problem },
    id: randomUUID() as DataRequestEntity['id'],
    recipient: call.partner,
    idempotencyKey: call.idempotencyKey,
    flowId: claims.request_id,
    consentId: claims.consent_id as DataRequestEntity['consentId'],
    signedRequest: call.signedRequest,
    requestDigest: digestOf(call.signedRequest),
    ownAssessment: verdict.jws,
    exporterAssessment: null,
    state,
    history: [{ state, reason: problem, at: at.toISOString() }],
    waiting: null,
    deadlineAt: deadlineOf(call.deadline, at),
    refusal: verdict.refusal,
    release: null,
    receipt: null,
    createdAt: at,
    settledAt: problem === null ? null : at,
    deliveredAt: null,
    receiptedAt: null,
  };
}
