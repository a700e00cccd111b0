import { Logger, SetMetadata } from '@nestjs/common';
import type { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import type { FactContract } from '@bayway/contracts';
import { throwError } from 'rxjs';
import type { DataSource, EntityManager } from 'typeorm';
import { z } from 'zod';
import type { BusServer } from './bus-server.js';
import { gathered } from './gathered.js';
import { problemOf } from './problem.filter.js';
import { inTransaction } from './transaction.js';

const FACT = 'bayway:fact';
const FACTS = 'bayway:facts';

/** Marks the method that takes in one fact: `(data, tx)`. It runs once per event, inside the inbox transaction. */
export const OnFact = (contract: FactContract): MethodDecorator => SetMetadata(FACT, contract);

/**
 * Marks the method that takes in new facts together, those of deliveries at the same time too: `(data[], tx)`, inside the
 * inbox transaction, each delivery's in their order. For a subscriber that writes them in one statement; each event still
 * counts once.
 */
export const OnFacts = (contract: FactContract): MethodDecorator => SetMetadata(FACTS, contract);

const Event = z.object({ id: z.uuid().toLowerCase(), data: z.unknown() });
type Event = z.infer<typeof Event>;
const Batch = z.array(Event).max(200);
/** Most facts of a gathered transaction. */
const GATHERED = 2_000;
type Take = (data: unknown, tx: EntityManager) => Promise<void> | void;
type TakeAll = (data: readonly unknown[], tx: EntityManager) => Promise<void> | void;

/** A taker of single facts as one of many: one after the other, in their order. */
const each =
  (take: Take): TakeAll =>
  async (data, tx) => {
    for (const one of data) await take(one, tx);
  };

/** The receiving half of the outbox: every event once, committed before the reply. */
export class FactsInbox {
  private readonly logger = new Logger('inbox');

  constructor(private readonly db: DataSource) {}

  /** Finds every `@OnFact` and `@OnFacts` method and listens for its fact. */
  listen(
    server: BusServer,
    found: { discovery: DiscoveryService; scanner: MetadataScanner; reflector: Reflector },
  ): void {
    for (const { instance } of [...found.discovery.getProviders(), ...found.discovery.getControllers()]) {
      if (!instance || typeof instance !== 'object') continue;
      const prototype = Object.getPrototypeOf(instance) as Record<string, unknown>;
      for (const name of found.scanner.getAllMethodNames(prototype)) {
        const method = prototype[name] as Take & TakeAll;
        const [one, all] = [FACT, FACTS].map((mark) => found.reflector.get<FactContract | undefined>(mark, method));
        const bound = method.bind(instance);
        if (one) this.subscribe(server, one, (events) => this.take(one, events, each(bound)));
        if (all)
          this.subscribe(
            server,
            all,
            gathered((events) => this.take(all, events, bound), GATHERED),
          );
      }
    }
  }

  private subscribe(
    server: BusServer,
    contract: FactContract,
    take: (events: readonly Event[]) => Promise<void>,
  ): void {
    const pattern = contract.border ? `border:${contract.subject}` : `fact:${contract.subject}`;
    const answer = (batch: unknown): Promise<unknown> =>
      // A refusal is answered at once, as an observable's error; a throw would leave the relay waiting for its time-out.
      this.accept(batch, take).catch((error: unknown) => throwError(() => problemOf(error)));
    server.addHandler(pattern, answer as never, false);
  }

  /** Answers a batch once it is committed. */
  private async accept(batch: unknown, take: (events: readonly Event[]) => Promise<void>): Promise<{ taken: number }> {
    const events = Batch.parse(batch);
    await take(events);
    return { taken: events.length };
  }

  /** Takes in events in one transaction; what was taken in before is passed over. */
  private take(contract: FactContract, events: readonly Event[], take: TakeAll): Promise<void> {
    return inTransaction(this.db, async (tx) => {
      const fresh = await enter(tx, contract.subject, events);
      const data = fresh.map((event) => contract.data.parse(event.data));
      if (data.length > 0) await take(data, tx);
      if (data.length < events.length)
        this.logger.debug({ repeated: events.length - data.length, subject: contract.subject });
    });
  }
}

/** Enters a batch in the inbox; answers the events that were not there, each once, in the batch's order. */
async function enter(tx: EntityManager, subject: string, events: readonly Event[]): Promise<Event[]> {
  const unique = new Map(events.map((event) => [event.id, event]));
  // In one order, whatever the batch's: two deliveries of the same events wait for each other instead of deadlocking.
  const rows: { event_id: string }[] = await tx.query(
    `insert into inbox (event_id, subject) select id, $2 from unnest($1::uuid[]) id order by id
     on conflict do nothing returning event_id`,
    [[...unique.keys()], subject],
  );
  const fresh = new Set(rows.map((row) => row.event_id));
  return [...unique.values()].filter(({ id }) => fresh.has(id));
}
