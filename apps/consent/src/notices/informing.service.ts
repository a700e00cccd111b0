import { Inject, Injectable } from '@nestjs/common';
import { recordEvidence, Transactions } from '@bayway/service';
import type { EntityManager } from 'typeorm';
import { NotificationsService } from '../notifications/notifications.service.js';
import { FOLLOWS } from './notices.store.js';
import { Worker } from '../worker.js';

const BATCH = 500;

type Telling = Readonly<{ notice_id: string; version: number; after: string | null; told: number }>;
type Concerned = Readonly<{ id: string; subject_id: string }>;

/**
 * Tells everybody whose standing consent rests on an earlier version that a notice was changed, where the change asks for
 * telling and not for asking again (PIPL 17(2)). A batch commits with how far it came; cut off, it is done again, and
 * nobody is told twice.
 */
@Injectable()
export class InformingService extends Worker {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(NotificationsService) private readonly notifications: NotificationsService,
  ) {
    super('informing', 10_000);
  }

  /** One batch of a version that is in force and not done. @returns how many were told */
  work(at: Date = new Date(), most = BATCH): Promise<number> {
    return this.transactions.run(async (tx) => {
      const telling = await next(tx, at);
      if (!telling) return 0;
      const concerned = await batchOf(tx, telling, most);
      const key = `${telling.notice_id}/${telling.version}`;
      for (const { id, subject_id: subjectId } of concerned)
        await this.notifications.note(tx, { consent: { id, subjectId }, kind: 'notice-changed', key, at });
      await advance(tx, telling, { concerned, at, isDone: concerned.length < most });
      return concerned.length;
    });
  }
}

/** Versions that come into force are taken up; the row is locked, so that instances take turns. */
async function next(tx: EntityManager, at: Date): Promise<Telling | undefined> {
  await tx.query(
    `insert into notice_telling (notice_id, version)
      select id, version from notice_version where materiality = 'inform' and effective_from <= $1
      on conflict do nothing`,
    [at],
  );
  const [telling] = await tx.query<Telling[]>(
    `select notice_id, version, after, told from notice_telling where done_at is null
      order by notice_id, version limit 1 for update skip locked`,
  );
  return telling;
}

/**
 * The next standing consents under an earlier version. One that was decided after this version took effect was shown it;
 * one that still waits for its code is told too, for it may be in force in a moment.
 */
const batchOf = (tx: EntityManager, { notice_id: id, version, after }: Telling, most: number): Promise<Concerned[]> =>
  tx.query<Concerned[]>(
    `select c.id, c.subject_id from consent c join ask a on a.id = c.ask_id
      join (select $1::text as id, $2::int as version) n on ${FOLLOWS}
      where c.state in ('pending', 'given', 'renewed', 'paused')
        and c.id > $3 order by c.id limit $4`,
    [id, version, after ?? '00000000-0000-0000-0000-000000000000', most],
  );

async function advance(
  tx: EntityManager,
  { notice_id: noticeId, version, after, told }: Telling,
  { concerned, at, isDone }: { concerned: readonly Concerned[]; at: Date; isDone: boolean },
): Promise<void> {
  const people = told + concerned.length;
  await tx.query(
    'update notice_telling set after = $3, told = $4, done_at = $5 where notice_id = $1 and version = $2',
    [noticeId, version, concerned.at(-1)?.id ?? after, people, isDone ? at : null],
  );
  if (isDone) await recordEvidence(tx, 'notice.told', { noticeId, version, consents: people });
}
