import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { isBesideHolder, recipientName, type FactContract } from '@bayway/contracts';
import type { Jurisdiction } from '@bayway/domain';
import type { DataSource, EntityManager } from 'typeorm';
import type { z } from 'zod';
import { prepared } from './prepared.js';
import { afterCommit } from './transaction.js';

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
  await tx.query(INSERT, outboxValues(contract, fact));
  if (!contract.batchMs) afterCommit(tx, () => relays.get(tx.dataSource)?.());
}

const relays = new WeakMap<DataSource, () => void>();

/** Has the relay of a database told of every commit that wrote something due at once. What waits for a batch it finds itself. */
export const tellOfCommits = (db: DataSource, wake: () => void): void => void relays.set(db, wake);

/** Parameters of {@link OUTBOX_ROWS}. */
export const outboxValues = <D extends z.ZodType>(contract: FactContract<D>, fact: Fact<D>): unknown[] => [
  randomUUID(),
  subscribersOf(contract, fact),
  contract.subject,
  fact.aggregate,
  JSON.stringify(contract.data.parse(fact.data)),
  contract.batchMs ?? 0,
];

/** One row for each subscriber, due at once or at the next full `batchMs` of the clock. */
export const OUTBOX_ROWS = `
  insert into outbox (event_id, subscriber, subject, aggregate, data, next_at)
  select $1::uuid, subscriber, $3, $4, $5::jsonb, case $6::int when 0 then now()
    else date_bin($6 * interval '1 millisecond', now(), 'epoch') + $6 * interval '1 millisecond' end
  from unnest($2::text[]) with ordinality as to_each (subscriber, place) order by place`;

const INSERT = prepared(OUTBOX_ROWS);

function subscribersOf(contract: FactContract, { peer, holder }: Pick<Fact<z.ZodType>, 'peer' | 'holder'>): string[] {
  if (contract.border) {
    assert(peer, `${contract.subject} crosses the border: to which jurisdiction?`);
    return [`peer:${peer}`];
  }
  assert(holder || !contract.to.some(isBesideHolder), `${contract.subject} goes to a connector: whose?`);
  return contract.to.map((service) => recipientName(service, holder ?? ''));
}
