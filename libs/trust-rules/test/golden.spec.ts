import { describe, expect, it } from '@jest/globals';
import { requiredActs } from '../src/acts.js';
import { decide } from '../src/decide.js';
import { Decision } from '../src/decision.js';
import { differences, GOLDEN, LAW_CASES } from './golden.js';

describe('golden cases of the specification', () => {
  it('are all there', () => {
    expect(GOLDEN).toHaveLength(168);
  });

  it.each(GOLDEN.map((golden) => [`${golden.id} ${golden.title}`, golden] as const))('%s', (_, golden) => {
    const decision = decide(golden.facts);
    expect(differences(decision, golden)).toEqual([]);
    expect(Decision.parse(decision)).toEqual(decision);
  });
});

describe('cases written from the specification by hand', () => {
  it.each(LAW_CASES.map((each) => [`${each.id} (${each.section}) ${each.title}`, each] as const))('%s', (_, each) => {
    const decision = decide(each.facts);
    expect(differences(decision, each)).toEqual([]);
    if (each.acts) expect(requiredActs(decision, each.facts).map(({ kind }) => kind)).toEqual(each.acts);
  });
});
