import { describe, expect, it } from '@jest/globals';
import { decide } from '../src/decide.js';
import { Decision } from '../src/decision.js';
import { differences, GOLDEN } from './golden.js';

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
