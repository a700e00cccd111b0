import type { AdminConsentDetail, AdminConsentView } from '@bayway/contracts';
import { In, type EntityManager } from 'typeorm';
import { AcknowledgementEntity } from '../acknowledgements/acknowledgement.entity.js';
import type { ConsentEntity } from '../consents/consent.entity.js';
import { HistoryEntity } from '../consents/history.entity.js';
import { ObjectionEntity } from '../objections/objection.entity.js';
import { WithdrawalEntity } from '../withdrawals/withdrawal.entity.js';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** A consent as administrators see it in a list. */
export const toAdminView = (row: ConsentEntity): AdminConsentView => ({
  id: row.id as AdminConsentView['id'],
  state: row.state,
  subject: row.subjectId as AdminConsentView['subject'],
  subjectKind: row.subjectKind,
  holder: row.holder as AdminConsentView['holder'],
  recipient: row.recipient as AdminConsentView['recipient'],
  importer: row.detail.importer,
  exporter: row.detail.exporter,
  dataset: row.detail.dataset,
  purpose: row.detail.purpose.code,
  decidedAt: row.decidedAt.toISOString(),
  givenAt: iso(row.givenAt),
  endedAt: iso(row.endedAt),
  validUntil: row.detail.valid_until,
  uses: row.uses,
  maxUses: row.maxUses,
});

type EvidenceRow = { consent_id: string; type: string; recorded_at: Date; commitment: string; open: boolean };

/** One consent with everything around it. */
export async function detailOf(db: EntityManager, consent: ConsentEntity): Promise<AdminConsentDetail> {
  const [detail] = await detailsOf(db, [consent]);
  return detail as AdminConsentDetail;
}

/** Consents with everything around them, read in one go. */
export async function detailsOf(db: EntityManager, consents: readonly ConsentEntity[]): Promise<AdminConsentDetail[]> {
  const ids = consents.map(({ id }) => id);
  const consentId = In(ids);
  const history = await db.find(HistoryEntity, { where: { consentId }, order: { at: 'asc' } });
  const withdrawals = await db.findBy(WithdrawalEntity, { consentId });
  const acknowledgements = await db.find(AcknowledgementEntity, {
    where: { consentId },
    order: { what: 'desc', by: 'asc' },
  });
  const objections = await db.find(ObjectionEntity, { where: { consentId }, order: { at: 'asc' } });
  const evidence = await db.query<EvidenceRow[]>(
    `select record->>'consentId' as consent_id, type, recorded_at, commitment, salt is not null as open
       from evidence_record where record->>'consentId' = any($1) order by recorded_at`,
    [ids],
  );
  const of = <T extends { consentId: string }>(rows: readonly T[], id: string): T[] =>
    rows.filter((row) => row.consentId === id);
  return consents.map((consent) => ({
    ...toAdminView(consent),
    history: of(history, consent.id).map(({ state, at, cause }) => ({ state, at: at.toISOString(), cause })),
    withdrawal: of(withdrawals, consent.id).map(toWay)[0] ?? null,
    acknowledgements: of(acknowledgements, consent.id).map(toAcknowledgement),
    objections: of(objections, consent.id).map(({ about, at }) => ({ about, at: at.toISOString() })),
    evidence: evidence
      .filter((row) => row.consent_id === consent.id)
      .slice(-500)
      .map(({ type, recorded_at: at, commitment, open }) => ({ type, at: at.toISOString(), commitment, open })),
  }));
}

const toWay = ({ channel, by, reference, reason, receivedOn, at }: WithdrawalEntity) => ({
  channel,
  by,
  reference,
  reason,
  receivedOn,
  at: at.toISOString(),
});

const toAcknowledgement = (row: AcknowledgementEntity) => ({
  by: row.by,
  what: row.what,
  toldAt: iso(row.toldAt),
  at: iso(row.at),
  dueAt: iso(row.dueAt),
  silentSince: iso(row.silentSince),
});
