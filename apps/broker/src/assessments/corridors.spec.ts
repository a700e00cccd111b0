import { describe, expect, it } from '@jest/globals';
import { canonicalDigest } from '@bayway/envelope';
import { reachOfCorridors } from '@bayway/trust-rules';
import { judge } from './assessment.js';

const CODES = {
  hold: 'request-not-permitted-yet',
  forbid: 'request-not-lawful',
  escalate: 'request-needs-review',
} as const;
const reachable = reachOfCorridors().flatMap((each) => (each.facts ? [{ ...each, facts: each.facts }] : []));
const named = reachable.map((each) => [`${each.from} to ${each.to}: ${each.mode}: ${each.outcome}`, each] as const);

describe('what a broker says at the release of every case that can come about', () => {
  it.each(named)('%s', (_name, { facts, outcome, to }) => {
    const question = { stage: 'release' as const, requestDigest: canonicalDigest(facts), me: to, at: new Date() };
    const { claims, refusal } = judge(facts, question);
    expect([claims.outcome, claims.proceeds]).toEqual([outcome, outcome === 'permit']);
    if (outcome === 'permit') expect(refusal).toBeNull();
    else expect(refusal).toMatchObject({ code: CODES[outcome] });
  });
});
