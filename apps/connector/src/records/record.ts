import type { AssessmentClaims, SignedRequestClaims } from '@bayway/contracts';
import { epochSeconds, type RecordClaims } from '@bayway/envelope';
import type { Answered, Said } from './rows.js';

type Assessed = Pick<AssessmentClaims, 'droppedItems' | 'obligations'>;

/** The items that both sides let pass, and those that one of them left out, with its rule. */
export function permitted(
  items: readonly string[],
  assessments: readonly Assessed[],
): { items: string[]; leftOut: RecordClaims['left_out'] } {
  const dropped = assessments.flatMap(({ droppedItems }) => droppedItems);
  const leftOut = items.flatMap((item) => dropped.find((drop) => drop.item === item) ?? []);
  return { items: items.filter((item) => !leftOut.some((drop) => drop.item === item)), leftOut };
}

/** What either side's law asks of the recipient, each duty once. */
export function conditionsOf(assessments: readonly Assessed[]): RecordClaims['conditions'] {
  const byCode = new Map(assessments.flatMap(({ obligations }) => obligations).map((duty) => [duty.code, duty]));
  return [...byCode.values()].slice(0, MOST_CONDITIONS);
}
const MOST_CONDITIONS = 80;

/** The record as the holder signs it: about a handle, under conditions, without anything that was not permitted. */
export const recordOf = (
  request: SignedRequestClaims,
  about: Pick<RecordClaims, 'requestDigest' | 'left_out' | 'conditions'> & {
    items: Readonly<Record<string, Said | Answered>>;
  },
  at: Date,
): RecordClaims => ({
  iss: request.holder,
  iat: epochSeconds(at),
  sub: request.subject_handle as RecordClaims['sub'],
  consentId: request.consent_id as RecordClaims['consentId'],
  dataset: request.dataset,
  ...(request.mode ? { mode: request.mode } : {}),
  ...(request.data_range ? { data_range: request.data_range } : {}),
  ...(request.retention_until ? { retention_until: request.retention_until } : {}),
  ...about,
});
