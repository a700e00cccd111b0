import { assess } from '../../src/decide.js';
import type { Facts } from '../../src/facts.js';
import { OWN_CASES } from '../cases.js';
import { GOLDEN, LAW_CASES } from '../golden.js';

/** A case with what the engine, left as it is, says of it: the decision and the findings behind it. */
export type Known = Readonly<{ id: string; facts: Facts; said: string }>;

/** Every case, golden and our own. That the engine says the right thing is what the specs show. */
export const knownCases = (): Known[] =>
  [...GOLDEN, ...LAW_CASES, ...OWN_CASES].map(({ id, facts }) => ({ id, facts, said: JSON.stringify(assess(facts)) }));
