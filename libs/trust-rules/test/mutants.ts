import { readFileSync } from 'node:fs';
import { prepare } from '../src/decide.js';
import type { Ledger } from '../src/engine/ledger.js';
import { Channel, type Facts } from '../src/facts.js';
import { PROGRAMME } from '../src/provisions/programme.js';
import { registerOf } from '../src/registry.js';
import { OWN_CASES } from './cases.js';
import { GOLDEN, LAW_CASES } from './golden.js';
import type { Mutant } from './mutator.js';

/** Mutants that are the same law by construction, so that no case can tell them from it: by name, with the reason. */
export const EQUIVALENT: ReadonlyMap<string, string> = new Map(
  readFileSync(new URL('equivalent.jsonl', import.meta.url), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { mutant: string; why: string })
    .map(({ mutant, why }) => [mutant, why]),
);

type Known = Readonly<{ facts: Facts; said: string }>;

/** What a case is told: the decision, and for each finding the rules it rests on. */
const said = (ledger: Ledger): string =>
  JSON.stringify([ledger.decision(), ledger.findings().map(({ effect, code, rules }) => [effect, code, ...rules])]);

const CASES: Readonly<Record<Channel, readonly Known[]>> = (() => {
  const facts = [...GOLDEN, ...LAW_CASES, ...OWN_CASES].map((each) => each.facts);
  const decided = prepare(PROGRAMME);
  const known = facts.map((each) => ({ facts: each, said: said(decided(each)) }));
  return Object.fromEntries(
    Channel.options.map((channel) => [channel, known.filter((each) => each.facts.channel === channel)]),
  ) as Record<Channel, Known[]>;
})();

/** Whether a channel runs the same sections as in the law; then none of its cases can tell a mutant from it. */
const isUntouched = (channel: Channel, { programme }: Mutant): boolean =>
  programme[channel].length === PROGRAMME[channel].length &&
  programme[channel].every((section, index) => section === PROGRAMME[channel][index]);

/** Whether some case is told otherwise, byte for byte, under a mutant of the law. */
export function changesSomeCase(mutant: Mutant): boolean {
  const evaluate = prepare(mutant.programme, registerOf(mutant.rules));
  const channels =
    mutant.programme === PROGRAMME ? Channel.options : Channel.options.filter((each) => !isUntouched(each, mutant));
  return channels.some((channel) => CASES[channel].some((known) => said(evaluate(known.facts)) !== known.said));
}
