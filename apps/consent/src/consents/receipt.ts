import {
  RECEIPT_CONTEXT,
  RECEIPT_PROFILE,
  RECEIPT_SCHEMA,
  type ConsentReceiptClaims,
  type Party,
} from '@bayway/contracts';
import { digestOf } from '@bayway/envelope';
import type { ConsentState } from '@bayway/domain';
import type { z } from 'zod';
import type { AskEntity } from '../asks/ask.entity.js';
import type { ActEntity } from './act.entity.js';
import type { ConsentEntity } from './consent.entity.js';

/** ISO 3166-1 codes of the three. */
const CODES = { hk: 'HK', mo: 'MO', cn: 'CN' } as const;

type Claims = z.input<typeof ConsentReceiptClaims>;

/** Everything that a receipt tells. `history` begins with the ask and holds the present state too. */
export type Told = Readonly<{
  consent: ConsentEntity;
  ask: AskEntity;
  acts: readonly [ActEntity, ...ActEntity[]];
  history: readonly Readonly<{ state: ConsentState; at: Date; cause: string }>[];
}>;

/** The claims of the receipt for the state a consent has just entered. */
export function receiptOf(
  { consent, ask, acts, history }: Told,
  head: { iss: string; jti: string; iat: number; consoleUrl: string },
): Claims {
  const { detail } = consent;
  const { recipient } = ask.parties;
  return {
    '@context': RECEIPT_CONTEXT,
    '@type': 'ConsentReceipt',
    profile: RECEIPT_PROFILE,
    schema: RECEIPT_SCHEMA,
    iss: head.iss,
    jti: head.jti,
    iat: head.iat,
    created: new Date(head.iat * 1000).toISOString(),
    consentId: consent.id,
    state: consent.state,
    subject: { kind: consent.subjectKind, handle: consent.subjectHandle },
    exporter: detail.exporter,
    importer: detail.importer,
    jurisdictions: [...new Set([detail.exporter, detail.importer])].map((place) => CODES[place]),
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
    events: history.map(({ state, at, cause }) => ({
      state,
      at: at.toISOString(),
      by: cause,
      type: 'explicitly-expressed',
      validUntil: detail.valid_until,
    })),
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
    source: 'data-holder',
    items: items.map(({ id, sensitive, optional }) => ({ id, sensitive, optional })),
    storageLocation: recipient.place,
    retentionUntil: detail.retention_until,
    validUntil: detail.valid_until,
    maxUses: detail.max_uses,
    ...(detail.frequency ? { frequency: detail.frequency } : {}),
    ...(detail.data_range ? { dataRange: detail.data_range } : {}),
  };
}

const partyOf = ({ id, name, place, kind, contact }: Party, role: Claims['holder']['role']): Claims['holder'] => ({
  id,
  name,
  place,
  role,
  kind,
  contact,
});
