import { Inject, Injectable } from '@nestjs/common';
import type { DataRequestId, ParticipantId } from '@bayway/domain';
import { inTransaction } from '@bayway/service';
import { DataSource, type EntityManager } from 'typeorm';

/** The two classes that the law of the Mainland counts apart (CBDF provisions 5, 7 and 8). */
export type CounterClass = 'general' | 'sensitive';
/** People counted in a year, by class. */
export type Counts = Readonly<Record<CounterClass, number>>;
/** Who is to be counted: `countedAs` is a keyed name of the person for this exporter and year, never an identity. */
export type Person = Readonly<{ holder: ParticipantId; year: number; class: CounterClass; countedAs: string }>;

/**
 * How many different people a holder has sent abroad in a year. A person is counted from the reservation on, once, however
 * many requests name her; a request that comes to nothing frees what only it held.
 * INVARIANT: `yearly_counter.people` is the number of `counted_person` rows; both change under the lock of the former.
 */
@Injectable()
export class CountersStore {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  /** The counts of a holder and year as they stand. */
  async counts(holder: ParticipantId, year: number, tx: EntityManager = this.db.manager): Promise<Counts> {
    const rows: { class: CounterClass; people: number }[] = await tx.query(
      'select class, people from yearly_counter where holder = $1 and year = $2',
      [holder, year],
    );
    const of = (wanted: CounterClass): number => rows.find((row) => row.class === wanted)?.people ?? 0;
    return { general: of('general'), sensitive: of('sensitive') };
  }

  /** Counts the person for a request, once; answers the counts with her in them. */
  reserve(dataRequestId: DataRequestId, person: Person): Promise<Counts> {
    return inTransaction(this.db, async (tx) => {
      await lock(tx, person);
      const fresh: unknown[] = await tx.query(
        `insert into counter_reservation (data_request_id, holder, year, class, counted_as) values ($1, $2, $3, $4, $5)
         on conflict do nothing returning data_request_id`,
        [dataRequestId, ...columns(person)],
      );
      if (fresh.length > 0) await count(tx, person);
      return this.counts(person.holder, person.year, tx);
    });
  }

  /** The record left: the person stays counted. Nothing to confirm, nothing happens. */
  async confirm(tx: EntityManager, dataRequestId: DataRequestId): Promise<void> {
    await tx.query('update counter_reservation set confirmed = true where data_request_id = $1', [dataRequestId]);
  }

  /** No record left, or the export is exempt: the person is no longer counted for this request. */
  async free(tx: EntityManager, dataRequestId: DataRequestId): Promise<void> {
    const [held] = await tx.query<Person[]>(
      'select holder, year, class, counted_as as "countedAs" from counter_reservation where data_request_id = $1 and not confirmed',
      [dataRequestId],
    );
    if (!held) return;
    await lock(tx, held);
    await tx.query('delete from counter_reservation where data_request_id = $1 and not confirmed', [dataRequestId]);
    const [, gone] = await tx.query<[unknown, number]>(
      `delete from counted_person p where holder = $1 and year = $2 and class = $3 and counted_as = $4
        and not exists (select 1 from counter_reservation r where (r.holder, r.year, r.class, r.counted_as) = (p.holder, p.year, p.class, p.counted_as))`,
      columns(held),
    );
    await add(tx, held, -gone);
  }
}

const columns = ({ holder, year, class: kind, countedAs }: Person): unknown[] => [holder, year, kind, countedAs];

/** Whoever counts for a holder, year and class waits for the one before. */
async function lock(tx: EntityManager, { holder, year, class: kind }: Person): Promise<void> {
  const key = [holder, year, kind];
  await tx.query('insert into yearly_counter (holder, year, class) values ($1, $2, $3) on conflict do nothing', key);
  await tx.query('select 1 from yearly_counter where holder = $1 and year = $2 and class = $3 for update', key);
}

async function count(tx: EntityManager, person: Person): Promise<void> {
  const fresh: unknown[] = await tx.query(
    'insert into counted_person (holder, year, class, counted_as) values ($1, $2, $3, $4) on conflict do nothing returning year',
    columns(person),
  );
  await add(tx, person, fresh.length);
}

const add = (tx: EntityManager, { holder, year, class: kind }: Person, people: number): Promise<unknown> =>
  tx.query('update yearly_counter set people = people + $4 where holder = $1 and year = $2 and class = $3', [
    holder,
    year,
    kind,
    people,
  ]);
