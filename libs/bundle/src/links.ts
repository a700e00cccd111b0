import { checkAt } from './checks.js';
import type { Exchange, Read } from './exchange.js';

const RECEIPT_SCHEMA = 'urn:bayway:consent-receipt:2';
const PERMIT_SECONDS = 10;
const CLOCKS_SECONDS = 60;

/** Pairs that must be equal, and facts that must hold, with the words for when they do not. */
type Link = readonly [holds: boolean, detail: string];

/** The objects are about one exchange and allow it: check 16, object by object. @throws BundleFault */
export function verifyLinks(exchange: Exchange): void {
  const tables: readonly (readonly [string, readonly Link[]])[] = [
    ['importerAssessment', assessed(exchange, 'importer')],
    ['exporterAssessment', assessed(exchange, 'exporter')],
    ['consentReceipt', consented(exchange)],
    ...exchange.acts.map((act, i) => [`acts/${i}`, acted(exchange, act, i)] as const),
    ['permit', permitted(exchange)],
    ['release', released(exchange)],
    ['deliveryReceipt', received(exchange)],
  ];
  for (const [name, links] of tables)
    for (const [holds, detail] of links) checkAt(16, `/objects/${name}`)(holds, detail);
}

function assessed(exchange: Exchange, role: 'importer' | 'exporter'): Link[] {
  const { claims } = exchange[`${role}Assessment`];
  return [
    [claims.iss === `${exchange[role]}/broker`, 'issuer is not that broker'],
    [claims.stage === 'release', 'assessment is not about a release'],
    [claims.requestDigest === exchange.request.digest, 'assessment is about another request'],
    [claims.outcome === 'permit' && claims.proceeds, 'assessment does not permit'],
  ];
}

function consented({ importer, exporter, request, consentReceipt, acts }: Exchange): Link[] {
  const { claims } = consentReceipt;
  const { processing } = claims;
  const items = processing.items.map(({ id }) => id);
  return [
    [claims.iss === `${exporter}/consent` && claims.schema === RECEIPT_SCHEMA, 'not a receipt of that consent service'],
    [claims.state === 'given' || claims.state === 'renewed', 'consent is not given'],
    [claims.consentId === request.claims.consent_id, 'receipt is of another consent'],
    [claims.exporter === exporter && claims.importer === importer, 'receipt is for another corridor'],
    [claims.flowId === request.claims.request_id, 'receipt is of another flow'],
    [claims.subject.handle === request.claims.subject_handle, 'receipt is of another subject'],
    [claims.holder.id === request.claims.holder, 'receipt is for another holder'],
    [claims.recipient.id === request.claims.iss, 'receipt is for another recipient'],
    [processing.dataset === request.claims.dataset, 'receipt is for another dataset'],
    [processing.purpose.code === request.claims.purpose.code, 'receipt is for another purpose'],
    [request.claims.items.every((item) => items.includes(item)), 'request asks for more than was agreed to'],
    [claims.acts.length === acts.length, 'acts are missing or too many'],
  ];
}

function acted({ exporter, consentReceipt }: Exchange, { claims, digest }: Read<'act'>, i: number): Link[] {
  const { notice, acts, subject } = consentReceipt.claims;
  const named = acts[i];
  return [
    [claims.iss === `${exporter}/identity`, 'issuer is not that identity service'],
    [named?.digest === digest, 'act is not the one on the receipt'],
    [named?.kind === claims.act && named.answer === claims.answer, 'act differs from the receipt'],
    [claims.answer === 'agree', 'act is not an agreement'],
    [claims.askId === notice.askId && claims.askDigest === notice.askDigest, 'act is about another ask'],
    [claims.shownDigest === notice.shown && claims.language === notice.language, 'act is about another page'],
    [claims.subject.handle === subject.handle, 'act is another subject’s'],
  ];
}

function permitted(exchange: Exchange): Link[] {
  const { exporter, request, consentReceipt, permit } = exchange;
  const { claims } = permit;
  return [
    [claims.iss === `${exporter}/consent`, 'issuer is not that consent service'],
    [claims.consentId === request.claims.consent_id, 'permit is under another consent'],
    [claims.holder === request.claims.holder, 'permit is for another holder'],
    [claims.requestDigest === request.digest, 'permit is for another request'],
    [claims.importerAssessmentDigest === exchange.importerAssessment.digest, 'permit rests on another assessment'],
    [claims.exporterAssessmentDigest === exchange.exporterAssessment.digest, 'permit rests on another assessment'],
    [claims.exp - claims.iat >= 0 && claims.exp - claims.iat <= PERMIT_SECONDS, 'permit lives too long'],
    [consentReceipt.claims.iat <= claims.iat, 'permit is older than the consent'],
  ];
}

function released({ request, permit, release }: Exchange): Link[] {
  const { claims } = release;
  return [
    [claims.iss === request.claims.holder, 'issuer is not the holder'],
    [claims.dataRequestId === permit.claims.dataRequestId, 'release is of another data request'],
    [claims.consentId === request.claims.consent_id, 'release is under another consent'],
    [claims.requestDigest === request.digest, 'release is for another request'],
    [claims.permitDigest === permit.digest, 'release is under another permit'],
    [claims.iat >= permit.claims.iat - CLOCKS_SECONDS, 'release is older than its permit'],
    [claims.iat <= permit.claims.exp + CLOCKS_SECONDS, 'release came after its permit had ended'],
  ];
}

function received({ request, permit, release, deliveryReceipt }: Exchange): Link[] {
  const { claims } = deliveryReceipt;
  return [
    [claims.iss === request.claims.iss, 'issuer is not the recipient'],
    [claims.dataRequestId === permit.claims.dataRequestId, 'receipt is for another data request'],
    [claims.ciphertextDigest === release.claims.ciphertextDigest, 'receipt is for another ciphertext'],
    [claims.recordDigest === release.claims.recordDigest, 'receipt is for another record'],
  ];
}
