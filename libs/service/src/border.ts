import { Logger } from '@nestjs/common';
import { contracts, DomainError, fromProblem, type Problem, type RequestContract } from '@bayway/contracts';
import type { Jurisdiction } from '@bayway/domain';
import { EnvelopeError, signMessage, verifyMessage, type BorderMessage } from '@bayway/envelope';
import { decodeJwt } from 'jose';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import type { Bus } from './bus.js';
import { recordEvidence } from './evidence.js';
import type { Keys } from './keys.js';
import { problemOf } from './problem.filter.js';
import { setPeer } from './request-context.js';

type Frame = Readonly<{ id: string; data: unknown }>;
type Reply = { id: string; response?: string; err?: Problem; isDisposed: true };
type Outcome = { answer: unknown } | { problem: Problem };

/** The broker's gate at the border: signs what leaves, verifies what arrives, and lets nothing arrive twice. */
export class BorderGate {
  private readonly logger = new Logger('border');
  private readonly crossing = new Set(contracts.filter((c) => c.border).map((c) => c.subject));

  constructor(
    private readonly me: Jurisdiction,
    private readonly keys: Keys,
    private readonly db: DataSource,
  ) {}

  /**
   * Asks the broker of another jurisdiction.
   * @throws DomainError: its problem, `border-unreachable`, or `signature-invalid` when the answer is not its own
   */
  async ask<Q extends z.ZodType, A extends z.ZodType>(
    bus: Bus,
    contract: RequestContract<Q, A>,
    call: Call<Q>,
  ): Promise<z.infer<A>> {
    const outcome = (await this.send(bus, contract.subject, call)) as Outcome;
    if ('problem' in outcome) throw fromProblem(outcome.problem) ?? new DomainError('border-unreachable');
    const answer = contract.answer.safeParse(outcome.answer);
    if (!answer.success)
      throw new DomainError('answer-invalid', { subject: contract.subject }, { cause: answer.error });
    return answer.data;
  }

  /** Sends one signed message and returns the verified data of the signed reply. */
  async send(
    bus: Bus,
    subject: string,
    call: { to: Jurisdiction; body: unknown; timeoutMs?: number },
  ): Promise<unknown> {
    if (!this.crossing.has(subject)) throw new DomainError('access-denied', { subject });
    const at = new Date();
    const jws = await signMessage(
      this.keys.own('sig'),
      { from: this.me, to: call.to, subject },
      { data: call.body, at },
    );
    const timeoutMs = call.timeoutMs ?? BORDER_TIMEOUT_MS;
    const reply = await bus.request(`border.${call.to}.${subject}`, jws, { timeoutMs });
    const re = decodeJwt(jws).jti;
    const expected = { from: call.to, to: this.me, subject, ...(re ? { re } : {}) };
    const trust = { keys: await this.keys.directoryFor(String(reply)), at: new Date() };
    return (await verifyMessage(String(reply), expected, trust)).data;
  }

  /** Verifies one arriving frame, hands its data on, and signs what comes back, a problem as much as an answer. */
  async admit(subject: string, frame: Frame, next: (data: unknown) => Promise<unknown>): Promise<Reply> {
    let message: BorderMessage;
    try {
      message = await this.verify(subject, frame);
    } catch (error) {
      return { id: frame.id, err: await this.refuse(subject, error), isDisposed: true };
    }
    setPeer(message.from);
    const outcome: Outcome = await next(message.data).then(
      (answer) => ({ answer: answer ?? null }),
      (error: unknown) => ({ problem: 'type' in (error as object) ? (error as Problem) : problemOf(error) }),
    );
    const head = { from: this.me, to: message.from, subject, re: message.jti };
    const response = await signMessage(this.keys.own('sig'), head, { data: outcome, at: new Date() });
    return { id: frame.id, response, isDisposed: true };
  }

  private async verify(subject: string, frame: Frame): Promise<BorderMessage> {
    if (typeof frame.data !== 'string' || !this.crossing.has(subject))
      throw new EnvelopeError('signature-invalid', 'not a signed message');
    const trust = { keys: await this.keys.directoryFor(frame.data), at: new Date() };
    const message = await verifyMessage(frame.data, { to: this.me, subject }, trust);
    const rows: unknown[] = await this.db.query(
      'insert into border_message (jti, expires_at) values ($1, to_timestamp($2)) on conflict do nothing returning jti',
      [message.jti, message.exp],
    );
    if (rows.length === 0) throw new DomainError('message-replayed');
    return message;
  }

  private async refuse(subject: string, error: unknown): Promise<Problem> {
    const problem = problemOf(error);
    this.logger.warn({ refused: problem.type, subject });
    await this.db.transaction((tx) => recordEvidence(tx, 'message.refused', { subject, problem: problem.type }));
    return problem;
  }
}

export type Call<Q extends z.ZodType> = Readonly<{ to: Jurisdiction; body: z.input<Q>; timeoutMs?: number }>;

const BORDER_TIMEOUT_MS = 5_000;
