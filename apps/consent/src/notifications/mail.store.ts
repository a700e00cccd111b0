import { In, type DataSource, type EntityManager } from 'typeorm';
import { UNKNOWN_AFTER_MS } from './mail-rules.js';
import { NotificationEntity } from './notification.entity.js';
import { SettingsEntity } from './settings.entity.js';

/** What one mail is about, and whose it is. */
export type Claimed = Readonly<{ told: readonly NotificationEntity[]; settings: SettingsEntity | null }>;
const DIGEST_LIMIT = 500;

/**
 * Takes the longest due mail: its lines are `sending` from then on, committed before anything is handed over. Lines that
 * another instance has taken are passed over; those it never settled are taken again after a while.
 */
export function claimMail(db: DataSource, at: Date): Promise<Claimed | null> {
  return db.transaction(async (tx) => {
    const [due] = await tx.query<{ id: string; mail: string; subject_id: string }[]>(
      `select id, mail, subject_id from notification
        where mail in ('waiting', 'digest') and mail_at <= $1 or mail = 'sending' and mail_at <= $2
        order by mail_at limit 1 for update skip locked`,
      [at, new Date(at.getTime() - UNKNOWN_AFTER_MS)],
    );
    if (!due) return null;
    const ids = due.mail === 'digest' ? await digestOf(tx, due.subject_id, at) : [due.id];
    await tx.query(
      `update notification set mail = 'sending', mail_at = $2, mail_attempts = mail_attempts + 1 where id = any($1)`,
      [ids, at],
    );
    const told = await tx.find(NotificationEntity, { where: { id: In(ids) }, order: { at: 'asc', id: 'asc' } });
    return { told, settings: await tx.findOneBy(SettingsEntity, { subjectId: due.subject_id }) };
  });
}

async function digestOf(tx: EntityManager, subjectId: string, at: Date): Promise<string[]> {
  const rows = await tx.query<{ id: string }[]>(
    `select id from notification where subject_id = $1 and mail = 'digest' and mail_at <= $2
      order by at limit $3 for update skip locked`,
    [subjectId, at, DIGEST_LIMIT],
  );
  return rows.map(({ id }) => id);
}

/** Notes what became of a mail. */
export async function settleMail(
  db: DataSource,
  ids: readonly string[],
  change: Pick<NotificationEntity, 'mail' | 'mailAt'>,
): Promise<void> {
  await db.manager.update(NotificationEntity, { id: In([...ids]), mail: 'sending' }, change);
}
