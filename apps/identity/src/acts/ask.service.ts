import { createElement } from 'react';
import { Inject, Injectable } from '@nestjs/common';
import { composeAsk, decideAsk, deferAsk, DomainError, type ProblemCode, type Refusal } from '@bayway/contracts';
import {
  EnrichedDetail,
  levelOfAcr,
  ResidentId,
  SubjectHandle,
  type AssuranceLevel,
  type RoutedDetail,
  type Subject,
} from '@bayway/domain';
import { digestOf, randomName } from '@bayway/envelope';
import { Bus, CONFIG, Keys } from '@bayway/service';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Clients } from '../clients/clients.js';
import type { IdentityConfig } from '../config.js';
import { grantRecord } from '../oidc/grants.js';
import { Interactions, PROVIDER, scopeOf, type Ending, type Exchange } from '../oidc/interactions.js';
import type { CurrentProvider } from '../oidc/provider.js';
import { askPage, NotAskedPage } from '../pages/ask.js';
import { LaterPage } from '../pages/later.js';
import { htmlOf } from '../pages/page-context.js';
import { SubjectHandleEntity } from '../residents/handle.entity.js';
import type { ResidentEntity } from '../residents/resident.entity.js';
import { Residents } from '../residents/residents.service.js';
import { Secrets } from '../secrets.js';
import type { Reply, Waiting } from '../sign-in/request.service.js';
import { Steps } from '../sign-in/steps.service.js';
import { signAct, signActor } from './actor.js';
import { ForWhom, nameIn } from './for-whom.service.js';
import { readAnswers, type Answers, type Form } from './answers.js';
import { openShown, sealShown, type Shown } from './shown.js';

type Composed = z.infer<typeof composeAsk.answer>;
type Acting = Readonly<{ waiting: Waiting; detail: RoutedDetail; resident: ResidentEntity; level: AssuranceLevel }>;
/** Whoever answers (`resident`), and whom the record is about. */
type Asked = Acting & Readonly<{ subject: ResidentEntity }>;

/** Consent asks its broker, and that the other side's. */
const COMPOSE_MS = 10_000;

/**
 * The first of two equal answers may take this long from consent's record of it to its result. Given up earlier, the
 * second would put its own ending in the place of a consent that was recorded.
 */
const ANSWERED_MS = 8_000;

const DENIED: Ending = { error: 'access_denied', error_description: 'the resident did not agree' };
const OVER: Ending = { error: 'access_denied', error_description: 'the request was answered or has lapsed' };
const UNREPRESENTED: Ending = {
  error: 'access_denied',
  error_description: 'nobody may act for the subject in this any more',
};
const UNAVAILABLE: Ending = { error: 'temporarily_unavailable', error_description: 'consent cannot be asked for now' };
const BROKEN: Ending = { error: 'server_error', error_description: 'sign-in could not go on' };

/** The exporter's step: shows what consent composed, signs each answer, and hands them over. */
@Injectable()
export class Ask {
  @Inject(CONFIG) private readonly config!: IdentityConfig;
  @Inject(PROVIDER) private readonly provider!: CurrentProvider;
  @Inject(Bus) private readonly bus!: Bus;
  @Inject(Keys) private readonly keys!: Keys;
  @Inject(DataSource) private readonly db!: DataSource;
  @Inject(Secrets) private readonly secrets!: Secrets;
  @Inject(Clients) private readonly clients!: Clients;
  @Inject(Residents) private readonly residents!: Residents;
  @Inject(Interactions) private readonly interactions!: Interactions;
  @Inject(Steps) private readonly steps!: Steps;
  @Inject(ForWhom) private readonly forWhom!: ForWhom;

  async show(exchange: Exchange, waiting: Waiting): Promise<Reply> {
    const acting = await this.acting(waiting);
    if (!acting) return this.end(exchange, waiting, BROKEN);
    return this.orEnd(exchange, waiting, async () => {
      const chosen = await this.forWhom.choose(waiting, acting, exchange.req.query.for);
      if ('page' in chosen) return chosen;
      const asked = { ...acting, ...chosen };
      return this.reply(asked, await this.compose(asked));
    });
  }

  /** What a step leads to, or the end that its problem means for the client. */
  private orEnd(exchange: Exchange, waiting: Waiting, step: () => Promise<Reply>): Promise<Reply> {
    return step().catch((error: unknown) => this.end(exchange, waiting, endingOf(error)));
  }

  private async acting(waiting: Waiting): Promise<Acting | null> {
    const { session } = waiting.interaction;
    const resident = session ? await this.residents.find(session.accountId) : null;
    if (!resident || !session || !waiting.detail) return null;
    return { waiting, detail: waiting.detail, resident, level: levelOfAcr(session.acr) ?? 1 };
  }

  /** Whoever is signed in, and whom the page was about. */
  private async asked(waiting: Waiting, { subjectId }: Shown): Promise<Asked | null> {
    const acting = await this.acting(waiting);
    const subject = acting && (await this.residents.find(subjectId));
    return subject && { ...acting, subject };
  }

  private async compose({ waiting, detail, resident, subject, level }: Asked): Promise<Composed> {
    const { language } = waiting.view;
    const { kind, bornOn } = subject;
    const question = {
      detail,
      subject: subjectOf(subject),
      facts: { kind, ...(bornOn ? { bornOn } : {}) },
      displayName: nameIn(language, resident),
      ...(subject.id === resident.id ? {} : { subjectName: nameIn(language, subject) }),
      level,
      language,
    };
    const actor = await signActor(this.signer, 'consent', { residentId: resident.id, level });
    return this.bus.ask(composeAsk, question, { actor, timeoutMs: COMPOSE_MS });
  }

  private async reply(asked: Asked, composed: Composed, kept?: Answers): Promise<Reply> {
    const { view, base, csrf, asker, interaction } = asked.waiting;
    const frame = { view, base, csrf, title: composed.title, fragment: composed.html };
    if (composed.outcome === 'refused') {
      await this.steps.note(interaction, { refused: refusedNote(composed.refusal) });
      return { page: htmlOf(createElement(NotAskedPage, { ...frame, asker })) };
    }
    const { askId, askDigest, shownDigest, acts } = composed;
    const about = { subjectId: ResidentId.parse(asked.subject.id), level: asked.level };
    const shown: Shown = { askId, askDigest, shownDigest, language: view.language, acts, ...about };
    const sealed = sealShown(this.secrets, interaction.uid, shown);
    const { html, placed } = askPage({ ...frame, shown: sealed, acts, ...(kept ? { kept: kept.acts } : {}) });
    // INVARIANT: the digest she signs covers exactly the bytes that stand in the page.
    if (digestOf(placed) !== shownDigest) throw new DomainError('act-invalid', { askId });
    return { page: html, ...(kept ? { status: 422 } : {}) };
  }

  /** Her answers: complete ones are signed, act by act, and recorded by consent; else the page comes back. */
  async answer(exchange: Exchange, waiting: Waiting, form: Form): Promise<Reply> {
    const shown = openShown(this.secrets, waiting.interaction.uid, form.shown);
    const asked = shown && (await this.asked(waiting, shown));
    if (!shown || !asked) return { redirect: waiting.base };
    const answers = readAnswers(form, shown.acts);
    if (!answers.complete)
      return this.orEnd(exchange, waiting, async () => this.reply(asked, await this.compose(asked), answers));
    try {
      const decided = await this.decide(asked, shown, answers);
      if (decided.state === 'refused') return await this.end(exchange, waiting, DENIED);
      return await this.grant(exchange, asked, decided);
    } catch (error) {
      const before =
        error instanceof DomainError && error.code === 'ask-answered' ? await this.answered(waiting) : null;
      return before ? { redirect: before } : this.end(exchange, waiting, endingOf(error));
    }
  }

  /** She decides later: consent notes it, and the ask stays open where it was shown. */
  async later(exchange: Exchange, waiting: Waiting, form: Form): Promise<Reply> {
    const shown = openShown(this.secrets, waiting.interaction.uid, form.shown);
    const asked = shown && (await this.asked(waiting, shown));
    if (!shown || !asked) return { redirect: waiting.base };
    return this.orEnd(exchange, waiting, async () => {
      const { view, base, csrf, asker } = waiting;
      const actor = await signActor(this.signer, 'consent', { residentId: asked.resident.id, level: shown.level });
      const { answerBy } = await this.bus.ask(deferAsk, { askId: shown.askId }, { actor });
      const href = this.forWhom.hrefOf(waiting, asked.subject);
      return {
        page: htmlOf(createElement(LaterPage, { view, base, csrf, asker, href, answerBy: new Date(answerBy) })),
      };
    });
  }

  /** Sent twice by an impatient finger: the second goes where the first one leads. */
  private async answered({ interaction }: Waiting): Promise<string | null> {
    for (let waited = 0; waited < ANSWERED_MS; waited += 200) {
      const now = await this.interactions.find(interaction.uid);
      if (now?.result && ('ask' in now.result || 'error' in now.result)) return now.returnTo;
      await new Promise((done) => setTimeout(done, 200));
    }
    return null;
  }

  private async decide(asked: Asked, shown: Shown, answers: Answers): Promise<Decided> {
    const { resident, subject } = asked;
    const subjectHandle = SubjectHandle.parse(randomName());
    const about = { shown, subject: { kind: subject.kind, handle: subjectHandle }, actorId: resident.id };
    const acts = await Promise.all(
      shown.acts.map((kind) => signAct(this.signer, { kind, answer: answers.acts[kind] ?? 'refuse' }, about)),
    );
    const actor = await signActor(this.signer, 'consent', { residentId: resident.id, level: shown.level });
    const question = { askId: shown.askId, acts, optionalItems: [...answers.optionalItems], subjectHandle };
    const { consentId, state, items } = await this.bus.ask(decideAsk, question, { actor });
    return { consentId, state, items, subjectHandle };
  }

  private async grant(
    exchange: Exchange,
    { waiting, detail, resident, subject }: Asked,
    decided: Decided,
  ): Promise<Reply> {
    const { interaction, client } = waiting;
    const { consentId, items, subjectHandle } = decided;
    await this.db.getRepository(SubjectHandleEntity).insert({
      handle: subjectHandle,
      flowId: detail.request_id,
      consentId,
      residentId: subject.id,
      recipient: detail.recipient,
      holder: detail.holder,
    });
    const scope = scopeOf(interaction);
    const allowed = { items, optional_items: [], consent_id: consentId, subject_handle: subjectHandle };
    const enriched = EnrichedDetail.parse({ ...detail, ...allowed });
    const to = { clientId: client.id, accountId: resident.id, scope, detail: enriched };
    const grantId = await grantRecord(this.provider(), this.clients, to);
    const result = { ask: { consent: consentId }, consent: { grantId } };
    return { redirect: await this.interactions.finish(exchange, interaction, result) };
  }

  private async end(exchange: Exchange, { interaction }: Waiting, ending: Ending): Promise<Reply> {
    return { redirect: await this.interactions.finish(exchange, interaction, ending) };
  }

  private get signer() {
    return { keys: this.keys, me: this.config.JURISDICTION };
  }
}

type Decided = Readonly<{
  consentId: z.infer<typeof decideAsk.answer>['consentId'];
  state: 'pending' | 'refused';
  items: z.infer<typeof decideAsk.answer>['items'];
  subjectHandle: SubjectHandle;
}>;

const subjectOf = ({ kind, id }: ResidentEntity): Subject => ({ kind, id: ResidentId.parse(id) });

/** What could not be asked at all, by its code. */
const wrong = (error_description: ProblemCode): Ending => ({
  error: 'invalid_authorization_details',
  error_description,
});

const ENDINGS: Readonly<Partial<Record<ProblemCode, Ending>>> = {
  'ask-answered': OVER,
  'ask-expired': OVER,
  'ask-not-found': OVER,
  'representation-missing': UNREPRESENTED,
  'subject-of-age': UNREPRESENTED,
  'service-unavailable': UNAVAILABLE,
  'border-unreachable': UNAVAILABLE,
  'limit-exceeded': wrong('limit-exceeded'),
  'consent-not-renewable': wrong('consent-not-renewable'),
  'consent-not-found': wrong('consent-not-found'),
};

/** What the client hears when consent did not go on. */
function endingOf(error: unknown): Ending {
  if (!(error instanceof DomainError)) throw error;
  if (error.code === 'level-too-low')
    return { error: 'unmet_authentication_requirements', error_description: error.message };
  return ENDINGS[error.code] ?? BROKEN;
}

const LAW = 'law ';

const refusedNote = ({ code, rule }: Refusal): string => `${LAW}${rule ? `${code}: ${rule}` : code}`;

/** What the client hears when she leaves: of a refusal by the rules code and rule, as a pushed request would have. */
export const leavingEnding = (refused: string | null): Ending =>
  refused?.startsWith(LAW)
    ? { error: 'invalid_authorization_details', error_description: refused.slice(LAW.length) }
    : { error: 'access_denied', error_description: 'the resident did not go on' };
