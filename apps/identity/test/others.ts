import { randomUUID } from 'node:crypto';
import {
  activateConsent,
  assess,
  composeAsk,
  decideAsk,
  deferAsk,
  powersToAct,
  evidenceRecorded,
  DomainError,
  toProblem,
  ActClaims,
  type ActClaims as Act,
  type AssessAnswer,
  type Contract,
  type FactContract,
  type LocalText,
  type Refusal,
} from '@bayway/contracts';
import type { ActKind, Answer, AskId, ConsentId, ItemId, Jurisdiction } from '@bayway/domain';
import { canonicalDigest, digestOf, verify } from '@bayway/envelope';
import { ActorClaims } from '@bayway/service';
import type { TestTrust } from '@bayway/testing';
import { connect, type NatsConnection, type Subscription } from '@nats-io/transport-node';
import { z } from 'zod';

const named = (text: string): LocalText => ({ 'zh-Hant': text, 'zh-Hans': text, pt: text, en: text });

type Asked = {
  askId: AskId;
  askDigest: string;
  flowId: string;
  items: readonly ItemId[];
  shown: Map<string, string>;
  subject: string;
  actor: string;
};
type Recorded = {
  consentId: ConsentId;
  flowId: string;
  state: string;
  acts: Act[];
  optionalItems: ItemId[];
  handle: string;
};

/**
 * The broker and the consent service of one jurisdiction, as identity meets them: by their contracts, on the real bus.
 * They decide nothing by law; what they answer is set by the test. Acts and actor tokens are verified.
 */
export class Others {
  /** What the brokers say. */
  refusal: Refusal | null = null;
  /** What the brokers say instead of an assessment. */
  problem: DomainError | null = null;
  /** What consent says instead of an ask. */
  refusedAtAsk: Refusal | null = null;
  /** What consent refuses to ask with. */
  problemAtAsk: DomainError | null = null;
  level = 3;
  acts: ActKind[] = ['other-handler', 'overseas'];
  readonly assessed: z.infer<typeof assess.request>[] = [];
  readonly composed: z.infer<typeof composeAsk.request>[] = [];
  readonly consents = new Map<string, Recorded>();
  /** Actor → those she may act for. */
  readonly powers = new Map<string, z.infer<typeof powersToAct.answer>['powers']>();
  readonly deferred: string[] = [];
  /** Altered on the way to the page. */
  tamper: ((html: string) => string) | null = null;
  private readonly asks = new Map<string, Asked>();
  private readonly served = new Map<Contract, Subscription>();

  private constructor(
    private readonly me: Jurisdiction,
    private readonly trust: TestTrust,
    private readonly connection: NatsConnection,
  ) {}

  static async start(me: Jurisdiction, trust: TestTrust, url: string): Promise<Others> {
    const others = new Others(me, trust, await connect({ servers: url }));
    others.serveAll();
    return others;
  }

  /** Answers everything again. */
  serveAll(): void {
    for (const subscription of this.served.values()) subscription.unsubscribe();
    this.serve(assess, (body) => this.assess(assess.request.parse(body)));
    this.serve(composeAsk, async (body, actor) =>
      this.compose(composeAsk.request.parse(body), await this.actor(actor)),
    );
    this.serve(decideAsk, async (body, actor) => this.decide(decideAsk.request.parse(body), await this.actor(actor)));
    this.serve(deferAsk, async (body, actor) => this.defer(deferAsk.request.parse(body), await this.actor(actor)));
    this.serve(powersToAct, async (_body, actor) => ({ powers: this.powers.get(await this.actor(actor)) ?? [] }));
    this.serve(activateConsent, (body) => this.activate(activateConsent.request.parse(body)));
    this.connection.subscribe(`${evidenceRecorded.subject}.to.evidence`, {
      callback: (_error, message) => {
        message.respond(JSON.stringify({ response: { taken: 1 }, isDisposed: true }));
      },
    });
  }

  /** Delivers one fact to identity, as an outbox relay would. */
  async tell(contract: FactContract, data: unknown): Promise<void> {
    const frame = JSON.stringify({ id: randomUUID(), data: [{ id: randomUUID(), data }] });
    await this.connection.request(`${contract.subject}.to.identity`, frame, { timeout: 3_000 });
  }

  /** Asks identity as another service would. @returns its answer, or the problem it answered with */
  async ask(contract: Contract, data: unknown): Promise<{ response?: unknown; err?: { type: string } }> {
    const reply = await this.connection.request(contract.subject, JSON.stringify({ id: randomUUID(), data }), {
      timeout: 3_000,
    });
    return reply.json();
  }

  stop(): Promise<void> {
    return this.connection.close();
  }

  /** Nobody answers this contract any more, until `serveAll`. */
  silence(contract: Contract): void {
    this.served.get(contract)?.unsubscribe();
  }

  private serve(contract: Contract, work: (body: unknown, actor: string) => unknown): void {
    const subscription = this.connection.subscribe(contract.subject, {
      callback: (_error, message) => {
        const { id, data } = message.json<{ id: string; data: unknown }>();
        const reply = (content: object) => message.respond(JSON.stringify({ id, isDisposed: true, ...content }));
        Promise.resolve()
          .then(() => work(data, message.headers?.get('actor') ?? ''))
          .then(
            (response) => reply({ response }),
            (error: unknown) =>
              reply({
                err:
                  error instanceof DomainError
                    ? toProblem(error)
                    : { type: 'about:blank', status: 500, title: String(error) },
              }),
          );
      },
    });
    this.served.set(contract, subscription);
  }

  private async actor(token: string): Promise<string> {
    const trust = { keys: await this.trust.directory(), at: new Date() };
    const claims = await verify(token, { type: 'actor', schema: ActorClaims, by: `${this.me}/identity`, ...trust });
    if (claims.aud !== `urn:bayway:${this.me}:consent`) throw new DomainError('token-audience-mismatch');
    return claims.sub;
  }

  private assess(question: z.infer<typeof assess.request>): AssessAnswer {
    this.assessed.push(question);
    if (this.problem) throw this.problem;
    const { holder, recipient, dataset, items } = question.detail;
    const party = (id: string, name: string) => ({
      id: id as never,
      name: named(name),
      place: 'HK',
      kind: 'bank' as const,
      contact: { role: named('Officer'), email: 'privacy@example.org' },
      authority: named('Authority'),
    });
    return {
      proceeds: this.refusal === null,
      refusal: this.refusal,
      own: 'a.b.c',
      peer: null,
      acts: this.acts.map((kind) => ({ kind, rules: ['rule'] })),
      level: this.level,
      holder: party(holder, 'Pengwan Credit'),
      recipient: party(recipient, 'Tsing Wan Bank'),
      dataset: { id: dataset, name: named('Credit report') },
      items: items.map((id) => ({ id, name: named(id), sensitive: false, optional: false })),
      dropped: [],
    };
  }

  private compose(question: z.infer<typeof composeAsk.request>, actor: string): z.infer<typeof composeAsk.answer> {
    this.composed.push(question);
    const mayAct = this.powers.get(actor)?.some(({ subject }) => subject === question.subject.id);
    if (actor !== question.subject.id && !mayAct) throw new DomainError('representation-missing');
    if (this.problemAtAsk) throw this.problemAtAsk;
    if (this.refusedAtAsk) {
      const html = '<h1>a person has to look at it</h1>';
      return { outcome: 'refused', refusal: this.refusedAtAsk, html, title: 'Not yet' };
    }
    const flowId = question.detail.request_id;
    const ask = this.asks.get(flowId) ?? {
      askId: randomUUID() as AskId,
      askDigest: canonicalDigest({ ...question.detail }),
      flowId,
      items: question.detail.items,
      shown: new Map<string, string>(),
      subject: question.subject.id,
      actor,
    };
    this.asks.set(flowId, ask);
    const html = `<h1>May ${question.detail.recipient} get it, ${question.displayName}?</h1><p lang="${question.language}">…</p>${this.acts
      .map(
        (act) =>
          `<input type="radio" name="act.${act}" value="agree"><input type="radio" name="act.${act}" value="refuse">`,
      )
      .join('')}<button name="do" value="answers">send</button><button name="do" value="none">none</button>`;
    const shownDigest = digestOf(html);
    ask.shown.set(question.language, shownDigest);
    const expiresAt = new Date(Date.now() + 600_000).toISOString();
    const { askId, askDigest } = ask;
    return {
      outcome: 'ask',
      askId,
      askDigest,
      html: this.tamper?.(html) ?? html,
      title: 'May they',
      shownDigest,
      acts: this.acts,
      expiresAt,
    };
  }

  private defer({ askId }: z.infer<typeof deferAsk.request>, actor: string): z.infer<typeof deferAsk.answer> {
    const ask = [...this.asks.values()].find((one) => one.askId === askId);
    if (ask?.actor !== actor) throw new DomainError('ask-not-found');
    this.deferred.push(askId);
    return { askId: ask.askId, answerBy: new Date(Date.now() + 600_000).toISOString() };
  }

  private async decide(
    question: z.infer<typeof decideAsk.request>,
    actor: string,
  ): Promise<z.infer<typeof decideAsk.answer>> {
    const ask = [...this.asks.values()].find(({ askId }) => askId === question.askId);
    if (!ask) throw new DomainError('ask-not-found');
    const trust = { keys: await this.trust.directory(), at: new Date(), by: `${this.me}/identity` };
    const acts = await Promise.all(
      question.acts.map((jws) => verify(jws, { type: 'act', schema: ActClaims, ...trust })),
    );
    for (const act of acts) {
      const right = act.askDigest === ask.askDigest && act.shownDigest === ask.shown.get(act.language);
      if (!right || act.subject.handle !== question.subjectHandle || ask.actor !== actor)
        throw new DomainError('act-invalid');
    }
    // No wait between this and the record: an ask is answered once.
    if ([...this.consents.values()].some(({ flowId }) => flowId === ask.flowId)) throw new DomainError('ask-answered');
    const agreed = acts.every((act) => act.answer === 'agree');
    const consentId = randomUUID() as ConsentId;
    const state = agreed ? ('pending' as const) : ('refused' as const);
    const { optionalItems, subjectHandle: handle } = question;
    this.consents.set(consentId, { consentId, flowId: ask.flowId, state, acts, optionalItems, handle });
    return { consentId, state, items: agreed ? [...ask.items, ...optionalItems] : [], receipt: 'a.b.c' };
  }

  private activate({
    consentId,
    flowId,
  }: z.infer<typeof activateConsent.request>): z.infer<typeof activateConsent.answer> {
    const consent = this.consents.get(consentId);
    if (consent?.flowId !== flowId || consent.state === 'refused') throw new DomainError('consent-not-found');
    consent.state = 'given';
    return { consentId, state: 'given', receipt: 'a.b.c' };
  }

  /** The answers that were recorded, newest last. */
  answers(): { state: string; acts: Partial<Record<ActKind, Answer>> }[] {
    return [...this.consents.values()].map(({ state, acts }) => ({
      state,
      acts: Object.fromEntries(acts.map(({ act, answer }) => [act, answer])),
    }));
  }
}
