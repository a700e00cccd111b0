import { prepared } from '@bayway/service';
import type { EntityManager } from 'typeorm';
import { FOLLOWS } from '../notices/notices.store.js';
import type { Issued, Use } from './permit.js';

/** What a decision looks at beside the consent itself. */
export type Standing = Readonly<{ use: Use | null; issued: Issued | null; isOutdated: boolean; used: number }>;

type Row = Readonly<{ [K in keyof Use]: Use[K] | null } & { [K in keyof Issued]: Issued[K] | null }> &
  Readonly<Pick<Standing, 'isOutdated' | 'used'>>;

/**
 * A statement after the one that locked the consent, since a statement sees what had been committed when it began.
 * Outdated: she agreed to another notice than the one that is in force now.
 */
const STANDING = prepared(`
  select u.consent_id as "consentId", u.no, u.request_digest as "requestDigest", u.released_at as "releasedAt",
      u.importer_assessment_digest as "importerAssessmentDigest", u.exporter_assessment_digest as "exporterAssessmentDigest",
      p.jws, p.expires_at as "expiresAt",
      exists (select 1 from ask a join notice_version n on ${FOLLOWS}
        where a.id = $2 and n.materiality = 'ask-again' and n.effective_from <= $3) as "isOutdated",
      case when $5::timestamptz is null then 0
        else (select count(*)::int from consent_use where consent_id = $4 and started_at >= $5) end as used
    from (values ($1::uuid)) asked (id)
    left join consent_use u on u.data_request_id = asked.id
    left join lateral (select jws, expires_at from permit
      where data_request_id = asked.id order by issued_at desc limit 1) p on true`);

type Asked = Readonly<{ dataRequestId: string; askId: string; consentId: string; at: Date; since: Date | null }>;

/**
 * How a data request stands under a consent, and how often the consent was used `since`.
 * INVARIANT: called with the consent's row locked.
 */
export async function standingOf(tx: EntityManager, asked: Asked): Promise<Standing> {
  const { dataRequestId, askId, at, consentId, since } = asked;
  const [row] = await tx.query<[Row]>(STANDING, [dataRequestId, askId, at, consentId, since]);
  return {
    use: row.consentId === null ? null : (row as Use),
    issued: row.jws === null ? null : (row as Issued),
    isOutdated: row.isOutdated,
    used: row.used,
  };
}

/** A permit as it was signed. */
export type Signed = Readonly<{ jti: string; jws: string; issuedAt: Date; expiresAt: Date }>;

type Start = Readonly<{
  consent: Readonly<{ id: string; version: number }>;
  use: Omit<Use, 'consentId' | 'releasedAt'> & Readonly<{ dataRequestId: string }>;
  permit: Signed;
}>;

const START = prepared(`
  with counted as (
    update consent set uses = $3, version = version + 1 where id = $1 and version = $2 returning id),
  used as (
    insert into consent_use (data_request_id, consent_id, no, request_digest, importer_assessment_digest,
      exporter_assessment_digest, started_at)
    select $4, id, $3, $5, $6, $7, $8 from counted)
  insert into permit (jti, data_request_id, jws, issued_at, expires_at)
  select $9, $4, $10, $8, $11 from counted returning jti`);

/** Counts a use and keeps its permit: the commit is the start of the release. @returns false when the consent has changed */
export async function startRelease(tx: EntityManager, { consent, use, permit }: Start): Promise<boolean> {
  const { dataRequestId, no, requestDigest, importerAssessmentDigest, exporterAssessmentDigest } = use;
  const { jti, jws, issuedAt, expiresAt } = permit;
  const rows: unknown[] = await tx.query(START, [
    ...[consent.id, consent.version, no],
    ...[dataRequestId, requestDigest, importerAssessmentDigest, exporterAssessmentDigest, issuedAt],
    ...[jti, jws, expiresAt],
  ]);
  return rows.length === 1;
}
