import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { isBesideHolder, recipientName, type FactContract } from '@bayway/contracts';
import type { Jurisdiction } from '@bayway/domain';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';

export type Fact<D extends z.ZodType> = Readonly<{
  /** Facts of one aggregate reach a subscriber in the order they were written. */
  aggregate: string;
  data: z.input<D>;
  /** Of a fact that crosses the border: to whose broker. */
  peer?: Jurisdiction;
  /** Of a fact that a connector hears: whose connector. */
  holder?: string;
}>;

/**
 * Writes a fact in the caller's transaction, one row for each subscriber. The relay delivers after the commit.
 * @throws ZodError when the data are not of the contract, AssertionError when nobody is named to deliver it to:
 * programming errors
 */
export async function addToOutbox<D extends z.ZodType>(
  tx: EntityManager,
  contract: FactContract<D>,
  fact: Fact<D>,
): Promise<void> {
  const data = JSON.stringify(contract.data.parse(fact.data));
  const subscribers = subscribersOf(contract, fact);
  const eventId = randomUUID();
  for (const subscriber of subscribers)
    await tx.query(INSERT, [eventId, subscriber, contract.subject, fact.aggregate, data, contract.batchMs ?? 0]);
}

/** Due at once, or at the next full `batchMs` of the clock. */
const INSERT = `
  insert into outbox (event_id, subscriber, subject, aggregate, data, next_at)
  values ($1, $2, $3, $4, $5, case $6::int when 0 then now()
    else date_bin($6 * interval '1 millisecond', now(), 'epoch') + $6 * interval '1 millisecond' end)`;

function subscribersOf(contract: FactContract, { peer, holder }: Pick<Fact<z.ZodType>, 'peer' | 'holder'>): string[] {
  if (contract.border) {
    assert(peer, `${contract.subject} crosses the border: to which jurisdiction?`);
    return [`peer:${peer}`];
  }
  assert(holder || !contract.to.some(isBesideHolder), `${contract.subject} goes to a connector: whose?`);
  return contract.to.map((service) => recipientName(service, holder ?? ''));
}
