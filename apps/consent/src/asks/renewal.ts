import { isDeepStrictEqual } from 'node:util';
import { DomainError } from '@bayway/contracts';
import type { ConsentState, RoutedDetail } from '@bayway/domain';

/** What the rules need of the consent that a request would renew. */
export type Earlier = Readonly<{
  id: string;
  subjectId: string;
  state: ConsentState;
  detail: RoutedDetail;
  items: readonly Readonly<{ id: string }>[];
}>;

/** Whatever she ended herself, or an authority, has to be asked for as something new. */
const RENEWABLE: readonly ConsentState[] = ['given', 'renewed', 'paused', 'expired', 'used-up'];
const SAME = ['exporter', 'importer', 'holder', 'recipient', 'dataset', 'mode', 'purpose'] as const;

/**
 * A renewal differs in its limits only: same purpose, method, categories, recipient and place (PIPL 14(2)); what differs
 * in more is another request.
 * @param earlier null when there is none of that name
 * @throws DomainError `consent-not-renewable` naming the members that differ
 */
export function assertRenewable(earlier: Earlier | null, detail: RoutedDetail, subjectId: string): void {
  if (detail.renews === undefined) return;
  const consentId = detail.renews;
  // Another subject's consent does not exist for her.
  if (!earlier || earlier.subjectId !== subjectId) throw new DomainError('consent-not-found', { consentId });
  if (!RENEWABLE.includes(earlier.state))
    throw new DomainError('consent-not-renewable', { consentId, state: earlier.state });
  const members: string[] = SAME.filter((member) => !isDeepStrictEqual(earlier.detail[member], detail[member]));
  const had = new Set(earlier.items.map(({ id }) => id));
  if (![...detail.items, ...detail.optional_items].every((id) => had.has(id))) members.push('items');
  if (members.length > 0) throw new DomainError('consent-not-renewable', { consentId, members });
}
