import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { assess, DomainError, type AssessAnswer, type composeAsk, type Refusal } from '@bayway/contracts';
import { renderFragment } from '@bayway/design';
import { canonicalDigest, digestOf } from '@bayway/envelope';
import { Bus, recordEvidence, type Actor } from '@bayway/service';
import { createElement } from 'react';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { noticeFor } from '../notices/notice.js';
import { NotificationsService } from '../notifications/notifications.service.js';
import { Transactions } from '../transactions.js';
import { ASK_MS, assertOpen, digestOfAsk } from './ask.js';
import { AskPage } from './ask-page.js';
import { AskEntity } from './ask.entity.js';
import { wordsOf } from './ask-words.js';
import { AssessmentsCheck } from './assessments-check.js';
import { RefusedPage, refusedTitle } from './refused-page.js';
import { ShownEntity } from './shown.entity.js';

type Asked = z.infer<typeof composeAsk.request>;
type Composed = z.infer<typeof composeAsk.answer>;

/** Both brokers may have to be asked, one of them over the border. */
const ASSESS_MS = 8_000;

/** Makes asks ready: what she is shown, and nothing else, can be agreed to. */
@Injectable()
export class AsksService {
  @Inject(Bus) private readonly bus!: Bus;
  @Inject(AssessmentsCheck) private readonly check!: AssessmentsCheck;
  @Inject(Transactions) private readonly transactions!: Transactions;
  @Inject(NotificationsService) private readonly notifications!: NotificationsService;

  /** The ask of this flow in the language asked for, or why nothing is asked. @throws DomainError */
  async compose(actor: Actor, body: Asked): Promise<Composed> {
    if (actor.subject !== body.subject.id) throw new DomainError('access-denied');
    if (body.facts.kind !== body.subject.kind) throw invalid('#/facts/kind');
    this.check.assertServed(body.detail);
    const known = await this.transactions.run((tx) => find(tx, body.detail.request_id));
    if (known) return this.show(known, actor, body);
    const assessed = await this.bus.ask(assess, { detail: body.detail, subject: body.facts }, { timeoutMs: ASSESS_MS });
    const refusal = assessed.proceeds ? null : (assessed.refusal ?? UNEXPLAINED(body));
    if (refusal) return refused(refusal, assessed, body);
    const checked = await this.check.verify(body.detail, assessed);
    if (checked.acts.some(({ kind }) => kind === 'guardian')) return refused(NEEDS_GUARDIAN(body), assessed, body);
    if (Math.min(actor.level, body.level) < assessed.level)
      throw new DomainError('level-too-low', { needed: assessed.level });
    const ask = await this.transactions.run((tx) => this.create(tx, body, { ...assessed, acts: checked.acts }));
    return this.show(ask, actor, body);
  }

  /** One ask per flow: of two who compose at once, the second finds the first one's. */
  private async create(tx: EntityManager, body: Asked, assessed: AssessAnswer): Promise<AskEntity> {
    const ask = newAsk(body, assessed);
    const inserted = await tx
      .createQueryBuilder()
      .insert()
      .into(AskEntity)
      .values(ask)
      .orIgnore()
      .returning('id')
      .execute();
    if ((inserted.raw as unknown[]).length === 0) return (await find(tx, ask.flowId)) ?? ask;
    const { id: key, createdAt: at, subjectId } = ask;
    await this.notifications.note(tx, { consent: { id: null, subjectId }, kind: 'asked', key, at });
    await recordEvidence(tx, 'ask.composed', {
      askId: ask.id,
      askDigest: ask.digest,
      noticeDigest: ask.noticeDigest,
      exporterAssessmentDigest: digestOf(ask.ownAssessment),
      importerAssessmentDigest: ask.peerAssessment === null ? null : digestOf(ask.peerAssessment),
    });
    return ask;
  }

  /** Renders the ask and keeps the bytes before anybody sees them. @throws DomainError when it is no longer open */
  private async show(ask: AskEntity, actor: Actor, body: Asked): Promise<Composed> {
    assertOpen(ask, actor.subject, new Date());
    if (canonicalDigest(ask.detail) !== canonicalDigest(body.detail)) throw invalid('#/detail');
    // A notice that changed since would be another one than the ask names: she has to be asked anew.
    if (noticeFor(ask.detail).digest !== ask.noticeDigest) throw new DomainError('ask-expired', { askId: ask.id });
    const { language, displayName } = body;
    const words = wordsOf(ask, language, displayName);
    const html = renderFragment(createElement(AskPage, { words }));
    const digest = digestOf(html);
    const shown = { askId: ask.id, digest, language, title: words.title, html, shownAt: new Date() };
    await this.transactions.run((tx) =>
      tx.createQueryBuilder().insert().into(ShownEntity).values(shown).orIgnore().execute(),
    );
    return {
      outcome: 'ask',
      askId: ask.id as never,
      askDigest: ask.digest,
      html,
      title: words.title,
      shownDigest: digest,
      acts: ask.acts.map(({ kind }) => kind),
      expiresAt: ask.expiresAt.toISOString(),
    };
  }
}

const invalid = (pointer: string): DomainError =>
  new DomainError('request-invalid', { errors: [{ pointer, detail: 'does not fit what was said before' }] });

const find = (tx: EntityManager, flowId: string): Promise<AskEntity | null> => tx.findOneBy(AskEntity, { flowId });

function newAsk(body: Asked, assessed: AssessAnswer): AskEntity {
  const { detail, subject } = body;
  const { acts, items, dropped, holder, recipient, dataset, own, peer } = assessed;
  const notice = noticeFor(detail);
  const parties = { holder, recipient, dataset };
  const assessments = { exporter: digestOf(own), importer: peer === null ? null : digestOf(peer) };
  const createdAt = new Date();
  return {
    id: randomUUID(),
    flowId: detail.request_id,
    digest: digestOfAsk({
      detail,
      acts,
      items,
      parties,
      notice: { id: notice.id, version: notice.version, digest: notice.digest },
      assessments,
    }),
    subjectKind: subject.kind,
    subjectId: subject.id,
    subjectFacts: body.facts,
    detail,
    acts,
    items,
    dropped,
    parties,
    level: assessed.level,
    noticeId: notice.id,
    noticeVersion: notice.version,
    noticeDigest: notice.digest,
    ownAssessment: own,
    peerAssessment: peer,
    createdAt,
    expiresAt: new Date(createdAt.getTime() + ASK_MS),
    answeredAt: null,
  };
}

function refused(refusal: Refusal, parties: AssessAnswer, { language }: Asked): Composed {
  const props = { refusal, parties, language };
  return {
    outcome: 'refused',
    refusal,
    title: refusedTitle(props),
    html: renderFragment(createElement(RefusedPage, props)),
  };
}

/** Asking a parent or guardian is not built yet, so that the missing step denies. */
const NEEDS_GUARDIAN = ({ detail }: Asked): Refusal => ({
  code: 'request-not-permitted-yet',
  jurisdiction: detail.exporter,
  rule: 'CN.PIPL.31',
  article: 'art 31',
  reasons: ['guardian-consent'],
});

/** A denial without its reason is still a denial. */
const UNEXPLAINED = ({ detail }: Asked): Refusal => ({
  code: 'request-facts-missing',
  jurisdiction: detail.exporter,
  rule: null,
  article: null,
  reasons: [],
});
