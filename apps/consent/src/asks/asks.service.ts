import { Inject, Injectable } from '@nestjs/common';
import { assess, DomainError, type AssessAnswer, type composeAsk, type Refusal } from '@bayway/contracts';
import { renderFragment } from '@bayway/design';
import { excessOf, templateName, type ActKind, type RequiredAct } from '@bayway/domain';
import { canonicalDigest, digestOf } from '@bayway/envelope';
import { Bus, recordEvidence, type Actor, Transactions } from '@bayway/service';
import { createElement } from 'react';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { ConsentEntity } from '../consents/consent.entity.js';
import { noticeInForce } from '../notices/notices.store.js';
import { NotificationsService } from '../notifications/notifications.service.js';
import type { ActingAs } from '../representations/representation.js';
import { RepresentationEntity } from '../representations/representation.entity.js';
import { actingAs, type Acting } from '../representations/representations.store.js';
import { assertOpen } from './ask.js';
import { AskPage } from './ask-page.js';
import { AskEntity } from './ask.entity.js';
import { AskHistoryEntity } from './ask-history.entity.js';
import { wordsOf } from './ask-words.js';
import { AssessmentsCheck } from './assessments-check.js';
import { newAsk, type Kept } from './new-ask.js';
import { assertRenewable } from './renewal.js';
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
    if (body.facts.kind !== body.subject.kind) throw invalid('#/facts/kind');
    this.check.assertServed(body.detail);
    const template = fittingTemplate(body);
    const known = await this.transactions.run((tx) => find(tx, body.detail.request_id));
    if (known) return this.show(known, actor, body);
    const acting = await this.actingAs(actor, body);
    await this.assertRenewable(body);
    const assessed = await this.bus.ask(assess, { detail: body.detail, subject: body.facts }, { timeoutMs: ASSESS_MS });
    const refusal = assessed.proceeds ? null : (assessed.refusal ?? UNEXPLAINED(body));
    if (refusal) return refused(refusal, assessed, body);
    const checked = await this.check.verify(body.detail, assessed);
    const needed = representativeNeeded(checked.acts, acting.as, body);
    if (needed) return refused(needed, assessed, body);
    if (Math.min(actor.level, body.level) < assessed.level)
      throw new DomainError('level-too-low', { needed: assessed.level });
    const kept = { template, ...keptOf(acting, actor) };
    const ask = await this.transactions.run((tx) =>
      this.create(tx, { body, kept }, { ...assessed, acts: checked.acts }),
    );
    return this.show(ask, actor, body);
  }

  /** She herself, or who may act for her; then the page needs her name too. @throws DomainError */
  private async actingAs(actor: Actor, { subject, facts, detail, subjectName }: Asked): Promise<Acting> {
    const who = { actorId: actor.subject, subjectId: subject.id };
    const about = { facts, dataset: detail.dataset, at: new Date() };
    const acting = await this.transactions.run((tx) => actingAs(tx, who, about));
    if (acting.power && subjectName === undefined) throw invalid('#/subjectName');
    return acting;
  }

  private async assertRenewable({ detail, subject }: Asked): Promise<void> {
    const id = detail.renews;
    if (id === undefined) return;
    const earlier = await this.transactions.run((tx) => tx.findOneBy(ConsentEntity, { id }));
    assertRenewable(earlier, detail, subject.id);
  }

  /** One ask per flow: of two who compose at once, the second finds the first one's. */
  private async create(
    tx: EntityManager,
    { body, kept }: { body: Asked; kept: Kept },
    assessed: AssessAnswer,
  ): Promise<AskEntity> {
    const notice = await noticeInForce(tx, body.detail, new Date());
    const ask = newAsk(body, assessed, { kept, notice });
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
    await tx.insert(AskHistoryEntity, { askId: ask.id, state: 'requested', at: ask.createdAt });
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
    // One flow is about one subject: whoever may act for several chooses once.
    if (ask.subjectId !== body.subject.id) throw new DomainError('ask-not-found', { askId: ask.id });
    if (canonicalDigest(ask.detail) !== canonicalDigest(body.detail)) throw invalid('#/detail');
    // A notice that changed since would be another one than the ask names: she has to be asked anew.
    const { notice, power } = await this.transactions.run(async (tx) => ({
      notice: await noticeInForce(tx, ask.detail, new Date()),
      power: ask.powerId === null ? null : await tx.findOneBy(RepresentationEntity, { id: ask.powerId }),
    }));
    if (notice.digest !== ask.noticeDigest) throw new DomainError('ask-expired', { askId: ask.id });
    const { language, displayName, subjectName } = body;
    const words = wordsOf({ ...ask, notice }, language, { displayName, subjectName, power });
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

/** The name of the template that the request keeps to. @throws DomainError `limit-exceeded` */
function fittingTemplate({ detail }: Asked): string {
  const excess = excessOf(detail, new Date());
  if (excess) throw new DomainError('limit-exceeded', excess);
  return templateName(detail);
}

/** Who answers, where that is not the subject herself, and by which power. */
const keptOf = ({ as, power }: Acting, actor: Actor): Omit<Kept, 'template'> => ({
  actorId: power && actor.subject,
  actingAs: as,
  powerId: power && power.id,
});

const find = (tx: EntityManager, flowId: string): Promise<AskEntity | null> => tx.findOneBy(AskEntity, { flowId });

function refused(refusal: Refusal, parties: AssessAnswer, { language }: Asked): Composed {
  const props = { refusal, parties, language };
  return {
    outcome: 'refused',
    refusal,
    title: refusedTitle(props),
    html: renderFragment(createElement(RefusedPage, props)),
  };
}

/** A child is not asked herself, her guardian is; an organisation is asked by whoever signs for it, and nobody else. */
function representativeNeeded(acts: readonly RequiredAct[], acting: ActingAs, { detail }: Asked): Refusal | null {
  const needs = (kind: ActingAs & ActKind): boolean => acting !== kind && acts.some((act) => act.kind === kind);
  const common = { code: 'request-not-permitted-yet', jurisdiction: detail.exporter } as const;
  if (needs('guardian')) return { ...common, rule: 'CN.PIPL.31', article: 'art 31', reasons: ['guardian-consent'] };
  if (needs('signatory'))
    return { ...common, rule: 'PLAT.SIGNATORY', article: 'signatory', reasons: ['agent-authorisation'] };
  return null;
}

/** A denial without its reason is still a denial. */
const UNEXPLAINED = ({ detail }: Asked): Refusal => ({
  code: 'request-facts-missing',
  jurisdiction: detail.exporter,
  rule: null,
  article: null,
  reasons: [],
});
