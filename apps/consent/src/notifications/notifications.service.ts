import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { NotificationKind, NotificationPage } from '@bayway/contracts';
import { DataSource, In, IsNull, type EntityManager } from 'typeorm';
import { decodeCursor, encodeCursor } from '../keyset.js';
import { reachOf } from '../representations/representations.store.js';
import { mailFor } from './mail-rules.js';
import { NotificationEntity } from './notification.entity.js';
import { SettingsEntity } from './settings.entity.js';

/** Something she is told. `key` tells two events of one kind and consent apart. */
export type Event = Readonly<{
  consent: Readonly<{ id: string | null; subjectId: string }>;
  kind: NotificationKind;
  key: string;
  at: Date;
  dataRequestId?: string;
}>;

/** Her inbox. A line is written with the state it is about; mails follow it and never hold it up. */
@Injectable()
export class NotificationsService {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  /** Writes one line in the caller's transaction, once per event. */
  async note(tx: EntityManager, event: Event): Promise<void> {
    const { consent, kind, at, dataRequestId = null } = event;
    const { id: consentId, subjectId } = consent;
    const settings = await tx.findOneBy(SettingsEntity, { subjectId });
    const how = settings && { mail: settings.mail, hasAddress: settings.address !== null };
    const key = `${kind}/${consentId ?? ''}/${event.key}`;
    const row = { id: randomUUID(), key, subjectId, kind, consentId, dataRequestId, at, ...mailFor(kind, how, at) };
    await tx.createQueryBuilder().insert().into(NotificationEntity).values(row).orIgnore().execute();
  }

  /** Her lines, and those of whom she acts for, newest first. @throws DomainError `request-invalid` for a cursor that is not ours */
  async page(
    subjectId: string,
    { after, limit, unread }: { after?: string | undefined; limit: number; unread?: boolean | undefined },
  ): Promise<NotificationPage> {
    const subjects = await this.inboxesOf(subjectId);
    const query = this.db.manager
      .createQueryBuilder(NotificationEntity, 'n')
      .where('n.subjectId = any(:subjects)', { subjects })
      .orderBy('n.at', 'DESC')
      .addOrderBy('n.id', 'DESC')
      .take(limit + 1);
    if (unread) query.andWhere('n.readAt is null');
    if (after !== undefined) {
      const [at, id] = decodeCursor(after);
      query.andWhere('(n.at, n.id) < (:at::timestamptz, :id::uuid)', { at, id });
    }
    const rows = await query.getMany();
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    const count = await this.db.manager.countBy(NotificationEntity, { subjectId: In(subjects), readAt: IsNull() });
    return { items: shown.map(toView), unread: count, next: last ? encodeCursor(last.at, last.id) : null };
  }

  /** Marks lines of these read; those of others are not there. */
  async read(subjectId: string, ids: readonly string[] | 'all', at: Date = new Date()): Promise<{ unread: number }> {
    const which = ids === 'all' ? '' : 'and id = any($3)';
    const subjects = await this.inboxesOf(subjectId);
    const parameters = ids === 'all' ? [subjects, at] : [subjects, at, ids];
    await this.db.query(
      `update notification set read_at = $2 where subject_id = any($1) and read_at is null ${which}`,
      parameters,
    );
    return { unread: await this.db.manager.countBy(NotificationEntity, { subjectId: In(subjects), readAt: IsNull() }) };
  }

  /** An organisation reads nothing itself, nor does a child: whoever acts for them does. */
  private async inboxesOf(subjectId: string): Promise<string[]> {
    const reach = await reachOf(this.db.manager, subjectId);
    return [...new Set([subjectId, ...reach.map((power) => power.subjectId)])];
  }
}

const toView = (row: NotificationEntity): NotificationPage['items'][number] => ({
  id: row.id,
  kind: row.kind,
  consentId: row.consentId as NotificationPage['items'][number]['consentId'],
  dataRequestId: row.dataRequestId as NotificationPage['items'][number]['dataRequestId'],
  at: row.at.toISOString(),
  readAt: row.readAt?.toISOString() ?? null,
});
