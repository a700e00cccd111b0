import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { ActClaims, DomainError, signerOf, type decideAsk, type ItemView } from '@bayway/contracts';
import { digestOf } from '@bayway/envelope';
import { Transactions } from '@bayway/service';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { assertAnswers, assertOpen, chosenItems } from '../asks/ask.js';
import { AskEntity } from '../asks/ask.entity.js';
import { ShownEntity } from '../asks/shown.entity.js';
import { noticeInForce } from '../notices/notices.store.js';
import { expiryOf } from '../representations/representation.js';
import { actingAs } from '../representations/representations.store.js';
import { Signer } from '../signer.js';
import { ActEntity } from './act.entity.js';
import { PENDING_MS } from './consent.js';
import { ConsentEntity } from './consent.entity.js';
import { latestReceipt } from './consents.store.js';
import { ConsentLifecycle } from './lifecycle.service.js';

type Decided = z.infer<typeof decideAsk.request>;
type Decision = z.infer<typeof decideAsk.answer>;
type SignedAct = Readonly<{ jws: string; claims: ActClaims }>;
type Answers = Readonly<{ acts: readonly SignedAct[]; items: ItemView[]; handle: string; at: Date }>;

/** Records her answers: the acts as identity signed them, a consent that waits for its code, or a refusal. */
@Injectable()
export class DecisionsService {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Signer) private readonly signer: Signer,
    @Inject(ConsentLifecycle) private readonly lifecycle: ConsentLifecycle,
  ) {}

  /** @throws DomainError or EnvelopeError naming what does not fit; then nothing is stored */
  async decide(actor: string, body: Decided): Promise<Decision> {
    const acts: SignedAct[] = [];
    for (const jws of body.acts) acts.push({ jws, claims: await this.read(jws) });
    return this.transactions.run((tx) => this.record(tx, actor, { body, acts }));
  }

  /** INVARIANT: acts are taken from this jurisdiction's own identity service only. */
  private read(jws: string): Promise<ActClaims> {
    const by = signerOf(this.signer.config.JURISDICTION, 'identity');
    return this.signer.verify(jws, { type: 'act', schema: ActClaims, by });
  }

  private async record(
    tx: EntityManager,
    actor: string,
    { body, acts }: { body: Decided; acts: readonly SignedAct[] },
  ): Promise<Decision> {
    const ask = await tx.findOne(AskEntity, { where: { id: body.askId }, lock: { mode: 'pessimistic_write' } });
    if (!ask) throw new DomainError('ask-not-found', { askId: body.askId });
    const at = new Date();
    assertOpen(ask, actor, at);
    await assertStillActing(tx, ask, at);
    await assertNoticeInForce(tx, ask, at);
    const shown = await tx.find(ShownEntity, { where: { askId: ask.id }, select: { digest: true, language: true } });
    const given = { answers: acts.map(({ claims }) => claims), handle: body.subjectHandle };
    assertAnswers(ask, shown, given);
    await assertFresh(tx, body.subjectHandle, acts);
    const agreed = acts.every(({ claims }) => claims.answer === 'agree');
    const chosen = chosenItems(ask, body.optionalItems);
    const answers = { acts, items: agreed ? chosen : [], handle: body.subjectHandle, at };
    const consent = agreed ? pending(ask, answers) : refused(ask, answers);
    return this.keep(tx, { ask, consent, answers });
  }

  private async keep(
    tx: EntityManager,
    { ask, consent, answers }: { ask: AskEntity; consent: ConsentEntity; answers: Answers },
  ): Promise<Decision> {
    const { acts, at } = answers;
    await tx.update(AskEntity, { id: ask.id }, { answeredAt: at });
    await tx.insert(ConsentEntity, consent);
    await tx.insert(
      ActEntity,
      acts.map((act) => rowOf(act, consent.id, ask)),
    );
    const evidence = {
      askDigest: ask.digest,
      noticeDigest: ask.noticeDigest,
      shownDigest: acts[0]?.claims.shownDigest ?? null,
      actDigests: acts.map(({ jws }) => digestOf(jws)),
      exporterAssessmentDigest: digestOf(ask.ownAssessment),
      importerAssessmentDigest: ask.peerAssessment === null ? null : digestOf(ask.peerAssessment),
    };
    const cause = ask.actingAs === 'self' ? 'subject' : ask.actingAs;
    await this.lifecycle.enter(tx, consent, { cause, at, evidence });
    return {
      consentId: consent.id as never,
      state: consent.state as 'pending' | 'refused',
      items: consent.items.map((item) => item.id),
      receipt: await latestReceipt(tx, consent.id),
    };
  }
}

/**
 * Who acts for her must still be allowed to: a power may have ended, and a child may have turned fourteen, between the
 * ask and the answer.
 */
async function assertStillActing(tx: EntityManager, ask: AskEntity, at: Date): Promise<void> {
  const { actorId, subjectId, powerId, subjectFacts: facts, detail } = ask;
  if (actorId !== null)
    await actingAs(tx, { actorId, subjectId, named: powerId }, { facts, dataset: detail.dataset, at });
}

/** She answers the notice that is in force, not one that was replaced while she read. */
async function assertNoticeInForce(tx: EntityManager, ask: AskEntity, at: Date): Promise<void> {
  if ((await noticeInForce(tx, ask.detail, at)).digest !== ask.noticeDigest)
    throw new DomainError('ask-expired', { askId: ask.id });
}

/** An act counts once, and a handle names one request only. */
async function assertFresh(tx: EntityManager, subjectHandle: string, acts: readonly SignedAct[]): Promise<void> {
  for (const { claims } of acts)
    if (await tx.existsBy(ActEntity, { jti: claims.jti }))
      throw new DomainError('act-invalid', { detail: 'act was used before' });
  if (await tx.existsBy(ConsentEntity, { subjectHandle }))
    throw new DomainError('request-invalid', { errors: [{ pointer: '#/subjectHandle', detail: 'was used before' }] });
}

function rowOf({ jws, claims }: SignedAct, consentId: string, ask: AskEntity): ActEntity {
  return {
    jti: claims.jti,
    consentId,
    kind: claims.act,
    answer: claims.answer,
    rules: ask.acts.find(({ kind }) => kind === claims.act)?.rules ?? [],
    shownDigest: claims.shownDigest,
    language: claims.language,
    signedAt: new Date(claims.iat * 1000),
    jws,
  };
}

function base(ask: AskEntity, { items, handle, at }: Answers) {
  const { detail } = ask;
  return {
    id: randomUUID(),
    askId: ask.id,
    flowId: detail.request_id,
    subjectKind: ask.subjectKind,
    subjectId: ask.subjectId,
    subjectFacts: ask.subjectFacts,
    subjectHandle: handle,
    holder: detail.holder,
    recipient: detail.recipient,
    detail,
    items,
    uses: 0,
    maxUses: detail.max_uses,
    decidedAt: at,
    lapsesAt: new Date(at.getTime() + PENDING_MS),
    expiresAt: expiryOf(detail.valid_until, ask.actingAs, ask.subjectFacts),
    actorId: ask.actorId,
    actingAs: ask.actingAs,
    givenAt: null,
    endToldAt: null,
    renews: detail.renews ?? null,
    version: 1,
  };
}

const pending = (ask: AskEntity, answers: Answers): ConsentEntity => ({
  ...base(ask, answers),
  state: 'pending',
  endedAt: null,
});

/** A refusal is recorded as carefully as a consent, and is over at once. */
const refused = (ask: AskEntity, answers: Answers): ConsentEntity => ({
  ...base(ask, answers),
  state: 'refused',
  endedAt: answers.at,
});
