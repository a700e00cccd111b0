import { Inject, Injectable } from '@nestjs/common';
import {
  DomainError,
  type DraftNotice,
  type NoticeDifference,
  type NoticeVersionView,
  type PublishNotice,
} from '@bayway/contracts';
import { canonicalDigest } from '@bayway/envelope';
import { recordEvidence, Transactions } from '@bayway/service';
import { DataSource, type EntityManager } from 'typeorm';
import { aboutOf, noticeFor, type Notice } from './notice.js';
import { materialityOf } from './materiality.js';
import { NoticeDraftEntity, NoticeVersionEntity } from './notice-version.entity.js';
import { countAffected } from './notices.store.js';
import { assertComplete, faultsOf } from './parity.js';

/** Notices as rules officers write and publish them. */
@Injectable()
export class NoticesService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(Transactions) private readonly transactions: Transactions,
  ) {}

  /** Keeps what is written so far, finished or not, and says what is still missing. */
  async draft(by: string, { id, texts }: DraftNotice): Promise<NoticeDifference> {
    aboutOf(id);
    await this.db.manager.upsert(NoticeDraftEntity, { id, texts, editedBy: by, editedAt: new Date() }, ['id']);
    return this.difference(id);
  }

  /** What publishing the draft would mean. @throws DomainError `notice-not-found` without a draft */
  async difference(id: string): Promise<NoticeDifference> {
    const db = this.db.manager;
    const draft = await draftOf(db, id);
    const latest = await latestOf(db, id);
    const faults = faultsOf(draft.texts);
    const found = faults.length > 0 ? null : materialityOf(latest.texts, assertComplete(draft.texts));
    return {
      id,
      version: latest.version,
      faults: faults.slice(0, 60),
      materiality: found?.materiality ?? null,
      matters: found?.matters ?? [],
      affected: await countAffected(db, id),
    };
  }

  /**
   * Publishes the draft as the next version, in force from a moment on that is not past.
   * @throws DomainError `notice-incomplete`, `notice-not-found`, `request-invalid`
   */
  publish(by: string, { id, effectiveFrom }: PublishNotice): Promise<NoticeVersionView> {
    return this.transactions.run(async (tx) => {
      // One at a time: the next version follows the last one.
      await tx.query('select pg_advisory_xact_lock(hashtext($1))', [id]);
      const draft = await draftOf(tx, id);
      const texts = assertComplete(draft.texts);
      const latest = await latestOf(tx, id);
      const publishedAt = new Date();
      const from = effectiveFrom === undefined ? publishedAt : new Date(effectiveFrom);
      if (from < publishedAt)
        throw new DomainError('request-invalid', { errors: [{ pointer: '#/effectiveFrom', detail: 'is past' }] });
      const version = latest.version + 1;
      const row: NoticeVersionEntity = {
        id,
        version,
        texts,
        digest: canonicalDigest({ id, version, texts }),
        ...materialityOf(latest.texts, texts),
        effectiveFrom: from,
        publishedBy: by,
        publishedAt,
      };
      await tx.insert(NoticeVersionEntity, row);
      await tx.delete(NoticeDraftEntity, { id });
      const { digest, materiality } = row;
      await recordEvidence(tx, 'notice.published', { noticeId: id, version, noticeDigest: digest, materiality });
      return viewOf(row);
    });
  }

  /** Published versions, newest first; version 1 is built in. */
  async versions(id: string): Promise<{ items: NoticeVersionView[] }> {
    aboutOf(id);
    const rows = await this.db.manager.find(NoticeVersionEntity, {
      where: { id },
      order: { version: 'desc' },
      take: 100,
    });
    return { items: rows.map(viewOf) };
  }

  /** The texts of a draft, complete or not, over those of the latest version: for a preview. */
  async drafted(id: string): Promise<Notice> {
    const latest = await latestOf(this.db.manager, id);
    const draft = await this.db.manager.findOneBy(NoticeDraftEntity, { id });
    if (!draft) return latest;
    const texts = Object.fromEntries(
      Object.entries(latest.texts).map(([language, all]) => [
        language,
        { ...all, ...draft.texts[language as keyof typeof draft.texts] },
      ]),
    ) as Notice['texts'];
    return { ...latest, texts };
  }
}

async function draftOf(db: EntityManager, id: string): Promise<NoticeDraftEntity> {
  const draft = await db.findOneBy(NoticeDraftEntity, { id });
  if (!draft) throw new DomainError('notice-not-found', { noticeId: id });
  return draft;
}

/** The newest version, in force or not; the built-in one where none was published. */
async function latestOf(db: EntityManager, id: string): Promise<Notice> {
  const about = aboutOf(id);
  const row = await db.findOne(NoticeVersionEntity, { where: { id }, order: { version: 'desc' } });
  return row ?? { ...noticeFor(about), id };
}

const viewOf = (row: NoticeVersionEntity): NoticeVersionView => ({
  id: row.id,
  version: row.version,
  digest: row.digest,
  materiality: row.materiality,
  matters: row.matters,
  effectiveFrom: row.effectiveFrom.toISOString(),
  publishedAt: row.publishedAt.toISOString(),
  texts: row.texts,
});
