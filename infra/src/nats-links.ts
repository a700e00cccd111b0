import { JURISDICTIONS, type Jurisdiction } from '@bayway/domain';
import { borderAccount, type NatsPeer } from './nats-config.js';

/** How a jurisdiction's leaf listener is reached by the others. */
export type LeafAddresses = Readonly<Record<Jurisdiction, string>>;

/**
 * The peers of one jurisdiction. Of each pair the one that comes first in shore order (hk, mo, cn) listens and the
 * other dials, so that a pair has one link, and each link one account: no message can go round.
 * @param leafUrls `nats-leaf://host:port` of each
 * @param passwordOf the password of the link with this border account's name, equal on both sides
 */
export function leafPeers(
  jurisdiction: Jurisdiction,
  leafUrls: LeafAddresses,
  passwordOf: (account: string) => string,
): NatsPeer[] {
  const rank = (of: Jurisdiction) => JURISDICTIONS.indexOf(of);
  return JURISDICTIONS.filter((other) => other !== jurisdiction).map((other) => ({
    jurisdiction: other,
    ...(rank(other) < rank(jurisdiction) ? { leafUrl: leafUrls[other] } : {}),
    leafPassword: passwordOf(borderAccount(jurisdiction, other)),
  }));
}
