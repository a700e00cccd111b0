import { CATEGORIES, decide, type Facts } from '@bayway/trust-rules';
import type { CounterClass } from './counters.store.js';

/**
 * As which the rules count the person of an export: by the items that are kept, `sensitive` when one is or when she is
 * under 14 (PIPL 28). Null for an export that is exempt from counting and for data that are not personal.
 */
export function countingOf(facts: Facts): CounterClass | null {
  // Where only a fingerprint is compared, no personal data are exported.
  if (facts.channel === 'verify') return null;
  const { obligations, droppedItems } = decide(facts);
  const isExempt = obligations.some(({ code }) => code === 'not-counted');
  if (isExempt || facts.data?.form === 'non-personal' || facts.data?.form === 'anonymised') return null;
  const dropped = new Set(droppedItems.map(({ item }) => item));
  const kept = (facts.data?.items ?? []).filter(({ id }) => !dropped.has(id));
  return classOf(kept, facts.subject?.bornOn, facts.asOf);
}

type Counted = Readonly<{ category: keyof typeof CATEGORIES; sensitive?: boolean | undefined }>;

/** Under 14, or with a sensitive item, a person's data are sensitive. Days are `YYYY-MM-DD`. */
export function classOf(items: readonly Counted[], bornOn: string | undefined, asOf: string): CounterClass {
  // Fourteen years after a leap day there is none: the birthday is the last of February.
  const turns14 = bornOn && `${Number(bornOn.slice(0, 4)) + 14}${bornOn.slice(4)}`.replace('-02-29', '-02-28');
  const isSensitive = items.some(({ category, sensitive }) => sensitive ?? CATEGORIES[category].sensitiveCn);
  return isSensitive || (turns14 && asOf < turns14) ? 'sensitive' : 'general';
}
