import { Inject, Injectable } from '@nestjs/common';
import type { DataRequestId, ParticipantId } from '@bayway/domain';
import { inTransaction } from '@bayway/service';
import { DataSource, type EntityManager } from 'typeorm';

/** The two classes that the law of the Mainland counts apart (CBDF provisions 5, 7 and 8). */
export type CounterClass = 'general' | 'sensitive';
/** People counted in a year, by class. */
export type Counts = Readonly<Record<CounterClass, number>>;
/** One holder's count of one year (Asia/Shanghai). */
type Year = Readonly<{ holder: ParticipantId; year: number }>;
/** Who is to be counted: `countedAs` is a keyed name of the person for this exporter and year, never an identity. */
export type Person = Year & Readonly<{ class: CounterClass; countedAs: string }>;
type Reservation = Person & Readonly<{ confirmed: boolean }>;

/**
 * How many different people a holder has sent abroad in a year. A person is counted from the reservation on, once, however
 * many requests name her; a request that comes to nothing frees what only it held.
 * INVARIANT: `yearly_counter.people` is the number of `counted_person` rows, and those are the people of reservations
 * that were not freed. Both change under the lock of the year's counters, which is taken before any reservation's.
 */
@Injectable()
export class CountersStore {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  /** The counts of a holder and year as they stand, reserved and confirmed. */
  async counts({ holder, year }: Year, tx: EntityManager = this.db.manager): Promise<Counts> {
    const rows: { class: CounterClass; people: number }[] = await tx.query(
      'select class, people from yearly_counter where holder = $1 and year = $2',
      [holder, year],
    );
    const of = (wanted: CounterClass): number => rows.find((row) => row.class === wanted)?.people ?? 0;
    return { general: of('general'), sensitive: of('sensitive') };
  }

  /**
   * Counts the person for a request, once; answers the counts with her in them. A request that is tried again in
   * another year, or for another class, moves.
   */
  reserve(id: DataRequestId, person: Person): Promise<Counts> {
    return inTransaction(this.db, async (tx) => {
      const before = await locked(tx, id, person);
      if (!before?.confirmed) {
        if (before && !isSame(before, person)) await release(tx, id);
        await tx.query(HOLD, [id, ...columns(person)]);
        await count(tx, person);
      }
      return this.counts(person, tx);
    });
  }

  /** The record left: the person stays counted, again if she had been freed. Nothing to confirm, nothing happens. */
  async confirm(tx: EntityManager, id: DataRequestId): Promise<void> {
    const confirm = 'update counter_reservation set confirmed = true, expires_at = null, freed_at = null';
    const [, held] = await tx.query<Changed>(`${confirm} where data_request_id = $1 and freed_at is null`, [id]);
    if (held > 0) return;
    const freed = await locked(tx, id);
    if (!freed) return;
    await tx.query(`${confirm} where data_request_id = $1`, [id]);
    await count(tx, freed);
  }

  /** No record left, or the export is exempt: the person is no longer counted for this request. */
  async free(tx: EntityManager, id: DataRequestId): Promise<void> {
    if (await locked(tx, id)) await release(tx, id);
  }

  /** Nobody knows whether a record left: unless that is learnt until then, the person is no longer counted. */
  async letExpire(tx: EntityManager, id: DataRequestId, at: Date): Promise<void> {
    const sql = 'update counter_reservation set expires_at = $2 where data_request_id = $1 and not confirmed';
    await tx.query(`${sql} and freed_at is null`, [id, at]);
  }

  /** Frees up to a hundred reservations whose time is over; answers how many. */
  async freeExpired(): Promise<number> {
    const due: { id: DataRequestId }[] = await this.db.query(
      `select data_request_id as id from counter_reservation where expires_at <= now() and freed_at is null limit 100`,
    );
    for (const { id } of due) await inTransaction(this.db, (tx) => this.free(tx, id));
    return due.length;
  }
}

/** Rows of a statement that changes, and how many. */
type Changed = [unknown[], number];

const HOLD = `
  insert into counter_reservation (data_request_id, holder, year, class, counted_as) values ($1, $2, $3, $4, $5)
  on conflict (data_request_id) do update
    set holder = excluded.holder, year = excluded.year, class = excluded.class, counted_as = excluded.counted_as,
        freed_at = null, expires_at = null
   where not counter_reservation.confirmed`;

const columns = ({ holder, year, class: kind, countedAs }: Person): unknown[] => [holder, year, kind, countedAs];
const isSame = (a: Person, b: Person): boolean => columns(a).join() === columns(b).join();

/** Years in the order in which everybody locks them. */
const inOrder = (years: readonly Year[]): Year[] => [...years].sort((a, b) => a.year - b.year);

async function reservationOf(tx: EntityManager, id: DataRequestId): Promise<Reservation | null> {
  const sql = `select holder, year, class, counted_as as "countedAs", confirmed
    from counter_reservation where data_request_id = $1`;
  const [row] = await tx.query<Reservation[]>(sql, [id]);
  return row ?? null;
}

/** A request's reservation, under the lock of its year and of `also`; null when there is none. */
async function locked(tx: EntityManager, id: DataRequestId, also?: Year): Promise<Reservation | null> {
  const before = await reservationOf(tx, id);
  for (const year of inOrder([before, also].filter((each) => !!each))) await lock(tx, year);
  const now = await reservationOf(tx, id);
  // It moved while we waited: to a later year, as time goes, so that the order of locks holds.
  if (now && now.year !== before?.year && now.year !== also?.year) await lock(tx, now);
  return now;
}

/** Whoever counts for a holder and year waits for the one before: both classes are read by the same rules. */
async function lock(tx: EntityManager, { holder, year }: Year): Promise<void> {
  const sql = `insert into yearly_counter (holder, year, class) values ($1, $2, 'general'), ($1, $2, 'sensitive')
    on conflict do nothing`;
  await tx.query(sql, [holder, year]);
  await tx.query('select 1 from yearly_counter where holder = $1 and year = $2 order by class for update', [
    holder,
    year,
  ]);
}

async function count(tx: EntityManager, person: Person): Promise<void> {
  const fresh: unknown[] = await tx.query(
    'insert into counted_person (holder, year, class, counted_as) values ($1, $2, $3, $4) on conflict do nothing returning year',
    columns(person),
  );
  await add(tx, person, fresh.length);
}

/** Frees a reservation that is held, and uncounts the person whom no other one holds. Its year must be locked. */
async function release(tx: EntityManager, id: DataRequestId): Promise<void> {
  const [[freed]] = await tx.query<[Person[], number]>(
    `update counter_reservation set freed_at = now(), expires_at = null
      where data_request_id = $1 and not confirmed and freed_at is null
      returning holder, year, class, counted_as as "countedAs"`,
    [id],
  );
  if (!freed) return;
  const [, gone] = await tx.query<Changed>(
    `delete from counted_person p where holder = $1 and year = $2 and class = $3 and counted_as = $4
      and not exists (select 1 from counter_reservation r where r.freed_at is null
        and (r.holder, r.year, r.class, r.counted_as) = (p.holder, p.year, p.class, p.counted_as))`,
    columns(freed),
  );
  await add(tx, freed, -gone);
}

const add = (tx: EntityManager, { holder, year, class: kind }: Person, people: number): Promise<unknown> =>
  tx.query('update yearly_counter set people = people + $4 where holder = $1 and year = $2 and class = $3', [
    holder,
    year,
    kind,
    people,
  ]);
