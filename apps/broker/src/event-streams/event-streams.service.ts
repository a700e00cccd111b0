import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { DomainError, type RequestStep } from '@bayway/contracts';
import type { ParticipantId } from '@bayway/domain';
import { DataRequestEntity, viewOf } from '../data-requests/data-request.entity.js';
import { isOver } from '../data-requests/data-request.js';
import { DataRequestsStore } from '../data-requests/data-requests.store.js';
import { DataRequestsService } from '../data-requests/data-requests.service.js';
import { Waiting } from '../data-requests/waiting.js';

/** One event of a stream; null is nothing new, said so that the reader knows the stream is alive. */
export type StreamEvent = Readonly<{ id: string; data: RequestStep & { id: string } }> | null;

type End = Readonly<{ gone: AbortSignal; until: number }>;

/** Steps of requests as they happen: woken by this process at once, by another instance within a second. */
@Injectable()
export class EventStreamsService implements OnModuleDestroy {
  private readonly open = new Map<ParticipantId, number>();
  private readonly stopping = new AbortController();
  @Inject(DataRequestsService) private readonly requests!: DataRequestsService;
  @Inject(DataRequestsStore) private readonly store!: DataRequestsStore;
  @Inject(Waiting) private readonly waiting!: Waiting;

  onModuleDestroy(): void {
    this.stopping.abort();
  }

  /**
   * Runs a stream while its reader stays, five minutes at most.
   * @throws DomainError `too-many-streams`
   */
  async run(partner: ParticipantId, gone: AbortSignal, stream: (end: End) => Promise<void>): Promise<void> {
    const count = this.open.get(partner) ?? 0;
    if (count >= AT_ONCE) throw new DomainError('too-many-streams', { limit: AT_ONCE });
    this.open.set(partner, count + 1);
    let isCounted = true;
    const leave = (): void => {
      if (isCounted) this.open.set(partner, (this.open.get(partner) ?? 1) - 1);
      isCounted = false;
    };
    gone.addEventListener('abort', leave);
    try {
      await stream({ gone: AbortSignal.any([gone, this.stopping.signal]), until: Date.now() + LIFE_MS });
    } finally {
      leave();
    }
  }

  /** The steps of one request behind the first `after`; ends with the request. */
  async *ofOne(request: DataRequestEntity, after: number, end: End): AsyncGenerator<StreamEvent> {
    const { id, recipient } = request;
    for (let told = after; isGoing(end);) {
      const change = this.waiting.next(id, POLL_MS);
      const view = viewOf(await this.requests.find(id, recipient), new Date());
      for (const step of view.history.slice(told)) yield { id: String((told += 1)), data: { id, ...step } };
      if (isOver(view.state)) return;
      yield null;
      await change;
    }
  }

  /**
   * The steps of all requests of a partner since then. Every step comes at least once; after a reconnection some come
   * again, in their order within each request.
   */
  async *ofPartner(partner: ParticipantId, since: Date, end: End): AsyncGenerator<StreamEvent> {
    const told = new Map<string, number>();
    for (let last = since; isGoing(end);) {
      const change = this.waiting.next(partner, POLL_MS);
      for (const { id, history } of await this.store.changedSince(partner, new Date(last.getTime() - OVERLAP_MS))) {
        const known = told.get(id) ?? history.filter(({ at }) => Date.parse(at) <= since.getTime()).length;
        for (const step of history.slice(known)) {
          if (Date.parse(step.at) > last.getTime()) last = new Date(step.at);
          yield { id: step.at, data: { id, ...step } };
        }
        told.set(id, history.length);
      }
      yield null;
      await change;
    }
  }
}

const isGoing = ({ gone, until }: End): boolean => !gone.aborted && Date.now() < until;

const AT_ONCE = 20;
const POLL_MS = 1_000;
/** As long as an access token lives: then the reader comes back with a new one. */
const LIFE_MS = 5 * 60_000;
/** A transaction that was slow to commit wrote an earlier time than one that was seen before. */
const OVERLAP_MS = 10_000;
