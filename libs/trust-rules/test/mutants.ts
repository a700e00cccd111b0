import { decide, prepare } from '../src/decide.js';
import { Channel, type Facts } from '../src/facts.js';
import { PROGRAMME } from '../src/provisions/programme.js';
import { registerOf } from '../src/registry.js';
import { OWN_CASES } from './cases.js';
import { GOLDEN } from './golden.js';
import type { Mutant } from './mutator.js';

type Known = Readonly<{ facts: Facts; decision: string }>;

const CASES: Readonly<Record<Channel, readonly Known[]>> = (() => {
  const facts = [...GOLDEN, ...OWN_CASES].map((each) => each.facts);
  const known = facts.map((each) => ({ facts: each, decision: JSON.stringify(decide(each)) }));
  return Object.fromEntries(
    Channel.options.map((channel) => [channel, known.filter((each) => each.facts.channel === channel)]),
  ) as Record<Channel, Known[]>;
})();

/** Whether a channel runs the same sections as in the law; then none of its cases can tell a mutant from it. */
const isUntouched = (channel: Channel, { programme }: Mutant): boolean =>
  programme[channel].length === PROGRAMME[channel].length &&
  programme[channel].every((section, index) => section === PROGRAMME[channel][index]);

/** Whether some case is decided differently, byte for byte, under a mutant of the law. */
export function changesSomeCase(mutant: Mutant): boolean {
  const evaluate = prepare(mutant.programme, registerOf(mutant.rules));
  const channels =
    mutant.programme === PROGRAMME ? Channel.options : Channel.options.filter((each) => !isUntouched(each, mutant));
  return channels.some((channel) =>
    CASES[channel].some(({ facts, decision }) => JSON.stringify(evaluate(facts).decision()) !== decision),
  );
}
