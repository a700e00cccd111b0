import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { DomainError, fromProblem, requestSubject, type Problem, type RequestContract } from '@bayway/contracts';
import { connect, headers, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node';
import type { z } from 'zod';
import { requestId } from './request-context.js';

export type BusSettings = Readonly<{ url: string; user: string; password: string }>;
export type AskOptions = Readonly<{
  timeoutMs?: number;
  /** Short-lived token that identity issued for the answering service. */
  actor?: string;
  /** Of a request to a connector: whose. */
  address?: string;
}>;

const TIMEOUT_MS = 5_000;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** This service's connection to its jurisdiction's nats-server: as its own user, with its own inbox. */
export class Bus {
  private readonly logger = new Logger('bus');
  private constructor(readonly connection: NatsConnection) {}

  /** Connects, retrying while the server starts; afterwards the client reconnects by itself for ever. */
  static async connect(settings: BusSettings): Promise<Bus> {
    const connection = await connect({
      servers: settings.url,
      user: settings.user,
      pass: settings.password,
      name: settings.user,
      inboxPrefix: `_INBOX.${settings.user}`,
      noAsyncTraces: true,
      waitOnFirstConnect: true,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 250,
    });
    return new Bus(connection);
  }

  /**
   * Asks another service of the same jurisdiction. The wait is bounded; the answer is parsed by the contract.
   * @throws DomainError: the answering service's problem, `service-unavailable`, or `answer-invalid`
   */
  async ask<Q extends z.ZodType, A extends z.ZodType>(
    contract: RequestContract<Q, A>,
    body: z.input<Q>,
    options: AskOptions = {},
  ): Promise<z.infer<A>> {
    const subject = requestSubject(contract, options.address ?? '');
    const answer = contract.answer.safeParse(await this.request(subject, body, options));
    if (!answer.success)
      throw new DomainError('answer-invalid', { subject: contract.subject }, { cause: answer.error });
    return answer.data;
  }

  /** Sends one frame and waits for the reply: the raw form under `ask`, the relay and the border. */
  async request(subject: string, data: unknown, options: AskOptions = {}): Promise<unknown> {
    const frame = encoder.encode(JSON.stringify({ id: randomUUID(), data }));
    const reply = await this.send(subject, frame, options);
    const answer = JSON.parse(decoder.decode(reply)) as { response?: unknown; err?: unknown };
    if (answer.err !== undefined) throw problemFrom(answer.err);
    return answer.response;
  }

  private async send(subject: string, frame: Uint8Array, options: AskOptions): Promise<Uint8Array> {
    try {
      const sent = { timeout: options.timeoutMs ?? TIMEOUT_MS, headers: headersOf(options) };
      return (await this.connection.request(subject, frame, sent)).data;
    } catch (cause) {
      this.logger.warn({ subject, failure: (cause as Error).name });
      throw new DomainError(
        subject.startsWith('border.') ? 'border-unreachable' : 'service-unavailable',
        {},
        { cause },
      );
    }
  }

  /** True while the server is reached. */
  get connected(): boolean {
    return !this.connection.isClosed() && this.connection.getServer() !== '';
  }

  async close(): Promise<void> {
    await this.connection.close();
  }
}

function headersOf({ actor }: AskOptions): MsgHdrs {
  const sent = headers();
  sent.set('request-id', requestId());
  if (actor) sent.set('actor', actor);
  return sent;
}

function problemFrom(err: unknown): DomainError {
  const known = typeof err === 'object' && err !== null && 'type' in err ? fromProblem(err as Problem) : null;
  return known ?? new DomainError('service-unavailable', {}, { cause: err });
}
