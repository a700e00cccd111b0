import { describe, expect, it } from '@jest/globals';
import { OWN_CASES, recorded } from './cases.js';
import { changesSomeCase, EQUIVALENT } from './mutants.js';
import { allMutants } from './mutator.js';

/** The quick round looks at every so many-th mutant; `npm run test:long` looks at all. */
const STEP = 10;

describe('our own cases', () => {
  it.each(OWN_CASES.map((own) => [own.id, own.from, own] as const))(
    '%s (%s changed) is decided as recorded',
    (_id, _from, own) => {
      const { decision, findings } = own;
      expect(recorded(own.facts)).toEqual({ decision, findings });
    },
  );
});

describe('a mutant of the law', () => {
  const mutants = allMutants();

  it('changes some case (a sample of all mutants)', () => {
    const sample = mutants.filter(({ name }, index) => index % STEP === 0 && !EQUIVALENT.has(name));
    expect(sample.length).toBeGreaterThan(200);
    expect(sample.filter((mutant) => !changesSomeCase(mutant)).map(({ name }) => name)).toEqual([]);
  });

  it('that changes none is the same law by construction: it exists, and a reason is written down', () => {
    const names = new Set(mutants.map(({ name }) => name));
    expect([...EQUIVALENT.keys()].filter((name) => !names.has(name))).toEqual([]);
    for (const [name, why] of EQUIVALENT) expect([name, why.split(' ').length > 5]).toEqual([name, true]);
    expect(EQUIVALENT.size).toBeLessThanOrEqual(5);
    expect(mutants.filter(({ name }) => EQUIVALENT.has(name)).filter(changesSomeCase)).toEqual([]);
  });
});
