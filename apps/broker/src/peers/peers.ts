import assert from 'node:assert/strict';
import { Inject, Injectable } from '@nestjs/common';
import { DomainError, type FactContract, type RequestContract } from '@bayway/contracts';
import type { Jurisdiction } from '@bayway/domain';
import { addToOutbox, BorderGate, Bus, CONFIG, currentPeer } from '@bayway/service';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { BrokerConfig } from '../config.js';

type Take = (data: never, tx: EntityManager, from: Jurisdiction) => Promise<void>;
type Answer = (body: never, from: Jurisdiction) => Promise<unknown>;

/**
 * The brokers of the other jurisdictions, and this one as its own peer. A request inside one jurisdiction takes the same
 * steps: what would be signed and cross the border is handed over here, facts within the same transaction.
 */
@Injectable()
export class Peers {
  private readonly takers = new Map<string, Take>();
  private readonly answerers = new Map<string, Answer>();

  constructor(
    @Inject(CONFIG) private readonly config: BrokerConfig,
    @Inject(Bus) private readonly bus: Bus,
    @Inject(BorderGate) private readonly gate: BorderGate,
  ) {}

  /** Names who takes in a fact that this broker tells itself. */
  takes<D extends z.ZodType>(
    contract: FactContract<D>,
    take: (data: z.infer<D>, tx: EntityManager, from: Jurisdiction) => Promise<void>,
  ): void {
    this.takers.set(contract.subject, take);
  }

  /** Names who answers a question that this broker asks itself. */
  answers<Q extends z.ZodType, A extends z.ZodType>(
    contract: RequestContract<Q, A>,
    answer: (body: z.infer<Q>, from: Jurisdiction) => Promise<z.infer<A>>,
  ): void {
    this.answerers.set(contract.subject, answer);
  }

  /** Tells a broker a fact, with the commit of `tx`. */
  async tell<D extends z.ZodType>(
    tx: EntityManager,
    contract: FactContract<D>,
    fact: { to: Jurisdiction; aggregate: string; data: z.input<D> },
  ): Promise<void> {
    const { to, aggregate, data } = fact;
    if (to !== this.config.JURISDICTION) return addToOutbox(tx, contract, { aggregate, data, peer: to });
    const take = this.takers.get(contract.subject);
    assert(take, 'every fact between brokers has a taker');
    await take(contract.data.parse(data) as never, tx, to);
  }

  /** Asks a broker. @throws DomainError: its problem, or `border-unreachable` */
  async ask<Q extends z.ZodType, A extends z.ZodType>(
    contract: RequestContract<Q, A>,
    { to, body }: { to: Jurisdiction; body: z.input<Q> },
  ): Promise<z.infer<A>> {
    if (to !== this.config.JURISDICTION) return this.gate.ask(this.bus, contract, { to, body, timeoutMs: ANSWER_MS });
    const answer = this.answerers.get(contract.subject);
    assert(answer, 'every question between brokers has somebody who answers');
    return contract.answer.parse(await answer(contract.request.parse(body) as never, to));
  }
}

/** Shorter than the wait of whoever asked us, who is then told which side does not answer. */
const ANSWER_MS = 3_500;

/** Whose broker signed the message being served. @throws DomainError when no broker did */
export function sender(): Jurisdiction {
  const from = currentPeer();
  if (!from) throw new DomainError('signer-not-allowed');
  return from;
}
