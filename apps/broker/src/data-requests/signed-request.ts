import { isDeepStrictEqual } from 'node:util';
import { audienceOf, DomainError, participantSigner, SignedRequestClaims } from '@bayway/contracts';
import { isWithinRange, type EnrichedDetail, type Jurisdiction, type RoutedDetail } from '@bayway/domain';
import { EnvelopeError, verify } from '@bayway/envelope';
import type { Keys } from '@bayway/service';

const LIFE_SECONDS = 300;

/**
 * Verifies a partner's signed request: signed by the recipient, for the importer's broker, alive at `at`, for at most
 * five minutes, by a key that is still valid now.
 * @param at when the importer's broker took it in
 * @throws EnvelopeError, DomainError `request-fingerprint-missing`
 */
export async function verifySignedRequest(
  keys: Keys,
  jws: string,
  { importer, recipient, at }: { importer: Jurisdiction; recipient: string; at: Date },
): Promise<SignedRequestClaims> {
  const directory = await keys.directoryFor(jws);
  const by = participantSigner(importer, recipient);
  const expected = { type: 'request' as const, schema: SignedRequestClaims, by, keys: directory };
  const claims = await verify(jws, { ...expected, at });
  if (claims.iss !== recipient) throw new EnvelopeError('signer-not-allowed', 'issuer and signer differ');
  if (claims.aud !== audienceOf(importer, 'broker'))
    throw new EnvelopeError('message-misaddressed', 'request is for another broker');
  if ((claims.mode === 'verify') !== (claims.carried !== undefined))
    throw new DomainError('request-fingerprint-missing');
  if (claims.exp - claims.iat > LIFE_SECONDS)
    throw new EnvelopeError('signed-object-expired', 'request is valid for more than five minutes');
  return claims;
}

const SAME = ['request_id', 'dataset', 'exporter', 'holder', 'purpose', 'recipient_key'] as const;

/** The members in which a signed request differs from a detail, or asks for more than `items`. */
function differences(claims: SignedRequestClaims, detail: RoutedDetail, items: readonly string[]): string[] {
  const differing: string[] = SAME.filter((member) => !isDeepStrictEqual(claims[member], detail[member]));
  if ((claims.mode ?? 'transfer') !== detail.mode) differing.push('mode');
  if (!claims.items.every((item) => items.includes(item))) differing.push('items');
  if (!isWithinRange(claims.data_range, detail.data_range)) differing.push('data_range');
  if (claims.retention_until !== undefined && claims.retention_until > detail.retention_until)
    differing.push('retention_until');
  return differing;
}

/** A request stays within what the token of its partner names. @throws DomainError `consent-mismatch` */
export function requireWithinToken(claims: SignedRequestClaims, detail: EnrichedDetail): void {
  const members = differences(claims, detail, detail.items);
  if (detail.recipient !== claims.iss) members.push('recipient');
  if (detail.consent_id !== claims.consent_id) members.push('consent_id');
  if (detail.subject_handle !== claims.subject_handle) members.push('subject_handle');
  if (members.length > 0) throw new DomainError('consent-mismatch', { members });
}

/** A request stays within what she agreed to. @throws DomainError `consent-mismatch` */
export function requireWithinConsent(
  claims: SignedRequestClaims,
  consent: { detail: RoutedDetail; items: readonly string[] },
  sides: { importer: Jurisdiction; exporter: Jurisdiction },
): void {
  const members = differences(claims, consent.detail, consent.items);
  if (consent.detail.recipient !== claims.iss) members.push('recipient');
  if (consent.detail.importer !== sides.importer) members.push('importer');
  if (consent.detail.exporter !== sides.exporter) members.push('exporter');
  if (members.length > 0) throw new DomainError('consent-mismatch', { members });
}
