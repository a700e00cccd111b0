import { LessThanOrEqual, type EntityManager } from 'typeorm';
import { isBuiltIn, noticeFor, type About, type Notice } from './notice.js';
import { NoticeVersionEntity } from './notice-version.entity.js';

const published = async (db: EntityManager, id: string, at: Date): Promise<Notice | null> => {
  const where = { id, effectiveFrom: LessThanOrEqual(at) };
  const row = await db.findOne(NoticeVersionEntity, { where, order: { version: 'desc' } });
  return row && { id, version: row.version, digest: row.digest, texts: row.texts };
};

/** The notice in force for a request at `at`: its own, else the general one; a published version before the built-in one. */
export async function noticeInForce(db: EntityManager, about: About, at: Date): Promise<Notice> {
  const { dataset, purpose, exporter, importer } = about;
  const own = `${dataset}/${purpose.code}/${exporter}-${importer}`;
  const builtIn = noticeFor(about);
  const found = await published(db, own, at);
  if (found || isBuiltIn(own)) return found ?? builtIn;
  return (await published(db, builtIn.id, at)) ?? builtIn;
}

/**
 * Whether a version `n` of a notice comes after what was shown with an ask `a`: a later version of the same notice, or one
 * of the ask's own record, purpose and corridor where the general notice was shown.
 */
export const FOLLOWS = `(n.id = a.notice_id and n.version > a.notice_version
    or a.notice_id <> n.id and n.id = concat(a.detail->>'dataset', '/', a.detail->'purpose'->>'code', '/',
      a.detail->>'exporter', '-', a.detail->>'importer'))`;

/** How many consents in force or paused rest on what a new version of a notice would follow. */
export async function countAffected(db: EntityManager, id: string): Promise<number> {
  const rows: { n: number }[] = await db.query(
    `select count(*)::int as n from consent c join ask a on a.id = c.ask_id
      join (select $1::text as id, 2147483647 as version) n on ${FOLLOWS}
      where c.state in ('given', 'renewed', 'paused')`,
    [id],
  );
  return rows[0]?.n ?? 0;
}
