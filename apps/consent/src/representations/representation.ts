import { DomainError } from '@bayway/contracts';
import { bayDay, endOfBayDay, type SubjectFacts } from '@bayway/domain';

/** As what somebody answers an ask. */
export type ActingAs = 'self' | 'guardian' | 'signatory';

/** What the rules need of a recorded power. Days are days of the Bay, both included. */
export type Representation = Readonly<{
  id: string;
  kind: 'guardian' | 'signatory';
  /** Null: any dataset. */
  datasets: readonly string[] | null;
  validFrom: string;
  validUntil: string;
}>;

/** PIPL 31: up to this age a parent or other guardian consents. */
const OF_AGE = 14;
const DAY_MS = 86_400_000;

/** The day on which somebody turns fourteen; of a 29 February, the 28th where the year has no 29th, as in the trust rules. */
export function fourteenthBirthday(bornOn: string): string {
  const [year, month, day] = bornOn.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year + OF_AGE, month, 0)).getUTCDate();
  return new Date(Date.UTC(year + OF_AGE, month - 1, Math.min(day, last))).toISOString().slice(0, 10);
}

/** The last day on which a guardian may act for somebody born on a day. */
export const lastGuardedDay = (bornOn: string): string =>
  new Date(Date.parse(fourteenthBirthday(bornOn)) - DAY_MS).toISOString().slice(0, 10);

/**
 * Whether the subject is one that is acted for at all.
 * @throws DomainError `subject-of-age` for a person of fourteen, or of unknown age; she is asked herself
 */
export function assertGuarded({ kind, bornOn }: SubjectFacts, at: Date): void {
  if (kind === 'organisation') return;
  // Unknown facts never become a yes.
  if (bornOn === undefined || bayDay(at) >= fourteenthBirthday(bornOn)) throw new DomainError('subject-of-age');
}

/** Whose records, and which: null, any. */
export type Reach = Pick<Representation, 'datasets'> & Readonly<{ subjectId: string }>;

/** Whether a power is about a dataset. */
export const reaches = ({ datasets }: Pick<Representation, 'datasets'>, dataset: string): boolean =>
  datasets === null || datasets.includes(dataset);

/** Whether a power covers this ask now. */
export const covers = (
  power: Representation,
  { facts, dataset, at }: { facts: SubjectFacts; dataset: string; at: Date },
): boolean =>
  power.kind === (facts.kind === 'person' ? 'guardian' : 'signatory') &&
  power.validFrom <= bayDay(at) &&
  bayDay(at) <= power.validUntil &&
  reaches(power, dataset);

/**
 * When a consent ends at the latest: the end of the last day that was agreed, or, of one that a guardian gave, the
 * beginning of the day on which the child turns fourteen and has to be asked herself.
 */
export function expiryOf(validUntil: string, as: ActingAs, { bornOn }: SubjectFacts): Date {
  const agreed = endOfBayDay(validUntil);
  if (as !== 'guardian' || bornOn === undefined) return agreed;
  const flips = endOfBayDay(lastGuardedDay(bornOn));
  return flips < agreed ? flips : agreed;
}
