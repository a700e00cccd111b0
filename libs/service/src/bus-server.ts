import assert from 'node:assert/strict';
import { Logger } from '@nestjs/common';
import { ServerNats } from '@nestjs/microservices';
import {
  DomainError,
  factSubject,
  isBesideHolder,
  recipientName,
  requestSubject,
  type Contract,
  type ServiceName,
} from '@bayway/contracts';
import type { Jurisdiction } from '@bayway/domain';
import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node';
import { firstValueFrom, from, isObservable } from 'rxjs';
import type { BorderGate } from './border.js';
import type { Bus } from './bus.js';
import { problemOf } from './problem.filter.js';
import { inContext } from './request-context.js';

type Me = Readonly<{ jurisdiction: Jurisdiction; service: ServiceName; address?: string | undefined }>;

/** The pattern under which a contract's handler is registered: the subject, marked when it comes from the border. */
export const patternOf = (contract: Contract): string =>
  contract.border ? `border:${contract.subject}` : contract.subject;

/** The NATS subject on which a service listens for a contract. */
export function subjectFor(pattern: string, { jurisdiction, service, address }: Me): string {
  if (pattern.startsWith('border:')) return `border.${jurisdiction}.${pattern.slice('border:'.length)}`;
  assert(address || !isBesideHolder(service), `${service} stands beside a holder: whose is it?`);
  if (pattern.startsWith('fact:'))
    return factSubject(pattern.slice('fact:'.length), recipientName(service, address ?? ''));
  return requestSubject({ subject: pattern, to: [service] }, address ?? '');
}

/**
 * Nest's NATS server on the service's one connection, with three additions: subjects follow from contracts, border
 * messages pass the gate before any handler sees them, and a stop answers what it has already taken.
 */
export class BusServer extends ServerNats {
  private readonly log = new Logger('bus');
  private readonly open: Subscription[] = [];
  private inFlight = 0;

  constructor(
    private readonly bus: Bus,
    private readonly me: Me,
    private readonly gate: BorderGate | null,
  ) {
    super({ queue: me.service });
  }

  override createNatsClient(): Promise<NatsConnection> {
    return Promise.resolve(this.bus.connection);
  }

  override bindEvents(client: NatsConnection): void {
    for (const pattern of this.messageHandlers.keys()) {
      const subject = subjectFor(pattern, this.me);
      const callback = (error: Error | null, message: Msg): void => {
        if (error) this.log.error({ subject, failure: error.name });
        else void this.receive(pattern, message);
      };
      this.open.push(client.subscribe(subject, { queue: this.me.service, callback }));
    }
  }

  private async receive(pattern: string, message: Msg): Promise<void> {
    this.inFlight += 1;
    try {
      await inContext(message.headers?.get('request-id'), () =>
        pattern.startsWith('border:') ? this.admit(pattern, message) : this.handleMessage(pattern, message),
      );
    } catch (cause) {
      // What is no message gets here, and what broke outside any handler; handlers answer with their own problems.
      const error = cause instanceof SyntaxError ? new DomainError('body-malformed', {}, { cause }) : cause;
      const problem = problemOf(error);
      if (error instanceof DomainError) this.log.warn({ refused: problem.type, subject: message.subject });
      else this.log.error(error);
      message.respond(JSON.stringify({ id: '', err: problem, isDisposed: true }));
    } finally {
      this.inFlight -= 1;
    }
  }

  /** A message without an id would be handled with nobody told; everything on this bus is a request. */
  override handleEvent(): Promise<never> {
    return Promise.reject(new DomainError('body-malformed'));
  }

  /** Verify, handle, sign the answer: what crosses the border is signed both ways. */
  private async admit(pattern: string, message: Msg): Promise<void> {
    if (!this.gate) return;
    const subject = pattern.slice('border:'.length);
    const handler = this.getHandlerByPattern(pattern);
    const answer = await this.gate.admit(subject, frameOf(message), async (data) => {
      const result: unknown = await handler?.(data, { getHeaders: () => message.headers });
      return isObservable(result) ? firstValueFrom(from(result)) : result;
    });
    message.respond(JSON.stringify(answer));
  }

  override async close(): Promise<void> {
    await Promise.all(this.open.splice(0).map((subscription) => subscription.drain()));
    for (let waited = 0; this.inFlight > 0 && waited < DRAIN_MS; waited += 20)
      await new Promise((done) => setTimeout(done, 20));
  }
}

const DRAIN_MS = 8_000;

function frameOf(message: Msg): { id: string; data: unknown } {
  try {
    return JSON.parse(new TextDecoder().decode(message.data)) as { id: string; data: unknown };
  } catch {
    return { id: '', data: null };
  }
}
