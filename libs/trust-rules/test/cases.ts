import { readFileSync } from 'node:fs';
import { assess } from '../src/decide.js';
import type { Decision } from '../src/decision.js';
import { digestOf } from '../src/digest.js';
import { Facts } from '../src/facts.js';
import { GOLDEN } from './golden.js';
import { mutate } from './mutations.js';

/**
 * A case of our own: a golden case with some facts changed (null takes one away), the whole decision, and a digest of
 * the findings behind it. Decisions were recorded; the specification is what they are checked against.
 */
export type OwnCase = Readonly<{
  id: string;
  from: string;
  change: readonly (readonly [path: string, value: unknown])[];
  decision: Decision;
  findings: string;
}>;

/** The facts of a golden case with some changed. Throws a RangeError where they break the schema or no case is meant. */
export function factsOf({ from, change }: Pick<OwnCase, 'from' | 'change'>): Facts {
  const golden = GOLDEN.find(({ id }) => id === from);
  if (!golden) throw new RangeError(`no golden case \`${from}\``);
  return change.reduce<Facts>((facts, [path, value]) => {
    const changed = mutate(facts, { path, value: value ?? undefined });
    if (!changed) throw new RangeError(`\`${path}\` of a case from ${from} breaks the schema`);
    return changed;
  }, golden.facts);
}

/** Every case of our own, with its facts. */
export const OWN_CASES: readonly (OwnCase & Readonly<{ facts: Facts }>)[] = readFileSync(
  new URL('cases.jsonl', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as OwnCase)
  .map((own) => ({ ...own, facts: factsOf(own) }));

/** What a case records. */
export function recorded(facts: Facts): Pick<OwnCase, 'decision' | 'findings'> {
  const { decision, findings } = assess(facts);
  return { decision, findings: digestOf(findings) };
}
