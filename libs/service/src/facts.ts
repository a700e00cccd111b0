import { Logger, SetMetadata } from '@nestjs/common';
import type { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import type { FactContract } from '@bayway/contracts';
import { throwError } from 'rxjs';
import type { DataSource, EntityManager } from 'typeorm';
import { z } from 'zod';
import type { BusServer } from './bus-server.js';
import type { OutboxRelay } from './relay.js';
import { problemOf } from './problem.filter.js';
import { inTransaction } from './transaction.js';

const FACT = 'bayway:fact';

/** Marks the method that takes in one fact: `(data, tx)`. It runs once per event, inside the inbox transaction. */
export const OnFact = (contract: FactContract): MethodDecorator => SetMetadata(FACT, contract);

const Batch = z.array(z.object({ id: z.uuid(), data: z.unknown() })).max(200);
type Take = (data: unknown, tx: EntityManager) => Promise<void> | void;

/** The receiving half of the outbox: every event once, committed before the reply. */
export class FactsInbox {
  private readonly logger = new Logger('inbox');

  constructor(
    private readonly db: DataSource,
    private readonly relay: OutboxRelay,
  ) {}

  /** Finds every `@OnFact` method and listens for its fact. */
  listen(
    server: BusServer,
    found: { discovery: DiscoveryService; scanner: MetadataScanner; reflector: Reflector },
  ): void {
    for (const { instance } of [...found.discovery.getProviders(), ...found.discovery.getControllers()]) {
      if (!instance || typeof instance !== 'object') continue;
      const prototype = Object.getPrototypeOf(instance) as Record<string, unknown>;
      for (const name of found.scanner.getAllMethodNames(prototype)) {
        const method = prototype[name] as Take;
        const contract = found.reflector.get<FactContract | undefined>(FACT, method);
        if (contract) this.subscribe(server, contract, (data, tx) => method.call(instance, data, tx));
      }
    }
  }

  private subscribe(server: BusServer, contract: FactContract, take: Take): void {
    const pattern = contract.border ? `border:${contract.subject}` : `fact:${contract.subject}`;
    const answer = (batch: unknown): Promise<unknown> =>
      // A refusal is answered at once, as an observable's error; a throw would leave the relay waiting for its time-out.
      this.accept(contract, batch, take).catch((error: unknown) => throwError(() => problemOf(error)));
    server.addHandler(pattern, answer as never, false);
  }

  /** Takes in a batch in one transaction; what was taken in before is passed over. */
  async accept(contract: FactContract, batch: unknown, take: Take): Promise<{ taken: number }> {
    const events = Batch.parse(batch);
    let taken = 0;
    await inTransaction(this.db, async (tx) => {
      for (const event of events) {
        const fresh: unknown[] = await tx.query(
          'insert into inbox (event_id, subject) values ($1, $2) on conflict do nothing returning event_id',
          [event.id, contract.subject],
        );
        if (fresh.length === 0) continue;
        await take(contract.data.parse(event.data), tx);
        taken += 1;
      }
    });
    if (taken < events.length) this.logger.debug({ repeated: events.length - taken, subject: contract.subject });
    this.relay.nudge();
    return { taken };
  }
}
