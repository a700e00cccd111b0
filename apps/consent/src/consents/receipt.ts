import { RECEIPT_SCHEMA, type ConsentReceiptClaims, type Party } from '@bayway/contracts';
import { digestOf } from '@bayway/envelope';
import type { z } from 'zod';
import type { AskEntity } from '../asks/ask.entity.js';
import type { ActEntity } from './act.entity.js';
import type { ConsentEntity } from './consent.entity.js';
import type { HistoryEntity } from './history.entity.js';

type Claims = z.input<typeof ConsentReceiptClaims>;

/** Everything that a receipt tells. `history` begins with the ask and holds the present state too. */
export type Told = Readonly<{
  consent: ConsentEntity;
  ask: AskEntity;
  acts: readonly [ActEntity, ...ActEntity[]];
  history: readonly Pick<HistoryEntity, 'state' | 'at'>[];
}>;

/** The claims of the receipt for the state a consent has just entered. */
export function receiptOf(
  { consent, ask, acts, history }: Told,
  head: { iss: string; jti: string; iat: number; consoleUrl: string },
): Claims {
  const { detail } = consent;
  const { recipient } = ask.parties;
  return {
    schema: RECEIPT_SCHEMA,
    iss: head.iss,
    jti: head.jti,
    iat: head.iat,
    consentId: consent.id,
    state: consent.state,
    subject: { kind: consent.subjectKind, handle: consent.subjectHandle },
    exporter: detail.exporter,
    importer: detail.importer,
    flowId: detail.request_id,
    notice: noticeOf(ask, acts[0]),
    processing: processingOf(consent, recipient),
    holder: partyOf(ask.parties.holder, 'data-exporter'),
    recipient: partyOf(recipient, 'data-importer'),
    acts: acts.map(({ kind, answer, rules, signedAt, jws }) => ({
      kind,
      answer,
      rules,
      at: signedAt.toISOString(),
      digest: digestOf(jws),
    })),
    assessments: {
      exporter: digestOf(ask.ownAssessment),
      importer: ask.peerAssessment === null ? null : digestOf(ask.peerAssessment),
    },
    events: history.map(({ state, at }) => ({ state, at: at.toISOString() })),
    rights: ['access', 'correction', 'deletion', 'withdrawal', 'complaint'],
    authority: recipient.authority,
    withdrawal: { method: 'portal', url: new URL(`consents/${consent.id}`, slashed(head.consoleUrl)).toString() },
  };
}

const slashed = (url: string): string => (url.endsWith('/') ? url : `${url}/`);

function noticeOf(ask: AskEntity, act: ActEntity): Claims['notice'] {
  return {
    id: ask.noticeId,
    version: ask.noticeVersion,
    digest: ask.noticeDigest,
    language: act.language,
    shown: act.shownDigest,
    askId: ask.id,
    askDigest: ask.digest,
  };
}

function processingOf({ detail, items }: ConsentEntity, recipient: Party): Claims['processing'] {
  return {
    lawfulBasis: 'consent',
    purpose: detail.purpose,
    dataset: detail.dataset,
    mode: detail.mode,
    method: 'encrypted-to-recipient',
    items: items.map(({ id, sensitive, optional }) => ({ id, sensitive, optional })),
    storageLocation: recipient.place,
    retentionUntil: detail.retention_until,
    validUntil: detail.valid_until,
    maxUses: detail.max_uses,
  };
}

const partyOf = ({ id, name, place, contact }: Party, role: Claims['holder']['role']): Claims['holder'] => ({
  id,
  name,
  place,
  role,
  contact,
});
