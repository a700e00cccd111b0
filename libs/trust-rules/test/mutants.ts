import { readFileSync } from 'node:fs';
import { agreedTo, prepareActs, type Agreed } from '../src/acts.js';
import { decide, prepare } from '../src/decide.js';
import type { Ledger } from '../src/engine/ledger.js';
import { Channel, type Facts } from '../src/facts.js';
import { PROGRAMME } from '../src/provisions/programme.js';
import { registerOf } from '../src/registry.js';
import { OWN_CASES } from './cases.js';
import { GOLDEN, LAW_CASES } from './golden.js';
import { ACT_TABLE, type ActTable, type Mutant } from './mutator.js';

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

const AGREED: { agreed: Agreed; acts: string }[] = [];

/** Every case as if its person had agreed to everything, with the acts she is asked for. */
function agreedCases(): typeof AGREED {
  const actsOf = prepareActs(ACT_TABLE.lines, ACT_TABLE.plain);
  if (AGREED.length === 0)
    for (const { facts } of Object.values(CASES).flat()) {
      const agreed = agreedTo(decide(facts), facts);
      AGREED.push({ agreed, acts: JSON.stringify(actsOf(agreed)) });
    }
  return AGREED;
}

function changesSomeActs({ lines, plain }: ActTable): boolean {
  const actsOf = prepareActs(lines, plain);
  return agreedCases().some(({ agreed, acts }) => JSON.stringify(actsOf(agreed)) !== acts);
}

/** Whether some case is told otherwise, byte for byte, under a mutant of the law. */
export function changesSomeCase(mutant: Mutant): boolean {
  if (mutant.acts !== ACT_TABLE) return changesSomeActs(mutant.acts);
  const evaluate = prepare(mutant.programme, registerOf(mutant.rules));
  const channels =
    mutant.programme === PROGRAMME ? Channel.options : Channel.options.filter((each) => !isUntouched(each, mutant));
  return channels.some((channel) => CASES[channel].some((known) => said(evaluate(known.facts)) !== known.said));
}
