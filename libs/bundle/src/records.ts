import { canonicalText } from './canonical.js';
import { bytesOf, digestOf, fromBase64url, hmac } from './encoding.js';
import type { Claimed } from './claimed.js';
import type { Exchange } from './exchange.js';
import type { EntryName } from './format.js';
import { signersOf } from './signers.js';

/** A record as it was committed to, without its time. */
export type RecordBody = Readonly<Record<string, string | number | null>>;

/** Entries in the order in which they are checked, with the side whose log holds each. */
const ENTRY_SIDES = {
  requestMade: 'importer',
  importerAssessed: 'importer',
  requestArrived: 'exporter',
  exporterAssessed: 'exporter',
  consentGiven: 'exporter',
  permitIssued: 'exporter',
  releaseMade: 'exporter',
  releaseKnown: 'importer',
  deliveryMade: 'importer',
  deliveryReceipted: 'importer',
  receiptArrived: 'exporter',
} as const satisfies Record<EntryName, 'importer' | 'exporter'>;
const ENTRY_NAMES = Object.keys(ENTRY_SIDES) as EntryName[];

/** What the signed objects of an exchange call for. */
export function claimedByExchange(exchange: Exchange): Claimed {
  const records = recordsOf(exchange);
  const entries = ENTRY_NAMES.map((name) => ({
    ...{ name, side: exchange[ENTRY_SIDES[name]], keeper: ENTRY_SIDES[name], record: records[name] },
    // The importer logs the commitment that the exporter made.
    ...(name === 'releaseKnown' ? { keeper: 'exporter' as const, sealedAs: 'releaseMade' } : {}),
  }));
  return { sides: [...new Set([exchange.exporter, exchange.importer])], signers: signersOf(exchange), entries };
}

function recordsOf(exchange: Exchange): Readonly<Record<EntryName, RecordBody>> {
  const { request, importerAssessment, exporterAssessment } = exchange;
  const { consentReceipt, permit, release, deliveryReceipt } = exchange;
  const { consent_id: consentId } = request.claims;
  const { dataRequestId } = permit.claims;
  const { ciphertextDigest, recordDigest } = release.claims;
  const requestDigest = request.digest;
  const digests = {
    requestDigest,
    importerAssessmentDigest: importerAssessment.digest,
    exporterAssessmentDigest: exporterAssessment.digest,
  };
  const about = { consentId, dataRequestId, ...digests, permitDigest: permit.digest };
  const releaseMade = { type: 'release.made', ...about, ciphertextDigest, recordDigest, releaseDigest: release.digest };
  const receipted = {
    ...{ type: 'delivery.receipted', dataRequestId, receipt: deliveryReceipt.digest },
    ...{ ciphertextDigest, recordDigest },
  };
  const { state, notice } = consentReceipt.claims;
  const { askId } = notice;
  const given = { type: 'consent.given', consentId, askId, state, cause: 'redemption' };
  return {
    ...requestRecords(exchange, dataRequestId),
    importerAssessed: assessedRecord(exchange, importerAssessment),
    exporterAssessed: assessedRecord(exchange, exporterAssessment),
    consentGiven: { ...given, receiptDigest: consentReceipt.digest },
    permitIssued: { type: 'permit.issued', ...about, use: permit.claims.use },
    releaseMade,
    releaseKnown: releaseMade,
    deliveryMade: { type: 'delivery.made', dataRequestId, requestDigest, ciphertextDigest },
    deliveryReceipted: receipted,
    receiptArrived: receipted,
  };
}

type Asked = Pick<Exchange, 'importer' | 'exporter' | 'request' | 'importerAssessment'>;

/** What each side records of a request when it has it. */
export function requestRecords({ importer, exporter, request, importerAssessment }: Asked, dataRequestId: string) {
  const { consent_id: consentId, iss: recipient } = request.claims;
  const one = { dataRequestId, requestDigest: request.digest };
  return {
    requestMade: { type: 'request.made', ...one, consentId, exporter, recipient },
    requestArrived: { type: 'request.arrived', ...one, importer, assessment: importerAssessment.digest },
  };
}

/** What a broker records of its assessment. */
export function assessedRecord({ request }: Asked, { claims, digest }: Exchange['importerAssessment']): RecordBody {
  return {
    ...{ type: 'assessment.made', flowId: request.claims.request_id, stage: 'release', requestDigest: request.digest },
    ...{ assessment: digest, outcome: claims.outcome, factsDigest: claims.factsDigest, packDigest: claims.pack.digest },
  };
}

type LineHead = Readonly<{ index: number; owner: string; use: string; kid: string; jws: string }>;

/** The record of a directory line. */
export const lineRecord = ({ index, owner, use, kid, jws }: LineHead): RecordBody => ({
  ...{ type: 'key.entered', index, owner, use, kid },
  line: digestOf(jws),
});

/** Commitment of a record: HMAC-SHA-256 under its salt over the canonical record with its time. */
export const commitmentOf = (record: RecordBody, { at, salt }: { at: string; salt: string }): Uint8Array =>
  hmac(fromBase64url(salt), bytesOf(canonicalText({ ...record, at })));
