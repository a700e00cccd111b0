import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { OWN_CASES, recorded } from './cases.js';
import { changesSomeCase } from './mutants.js';
import { mutantsOfDates, mutantsOfProvisions } from './mutator.js';

/** Mutants that no case tells from the law, by name, as the campaign found them (docs/campaigns/trust-rules.md). */
const SURVIVORS: ReadonlySet<string> = new Set(
  readFileSync(new URL('survivors.txt', import.meta.url), 'utf8')
    .split('\n')
    .filter(Boolean),
);
/** The quick round looks at every so many-th mutant; `npm run test:long` looks at all. */
const STEP = 25;

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
  const mutants = [...mutantsOfProvisions(), ...mutantsOfDates()];

  it('changes some case (a sample of all mutants)', () => {
    const sample = mutants.filter(({ name }, index) => index % STEP === 0 && !SURVIVORS.has(name));
    expect(sample.length).toBeGreaterThan(80);
    expect(sample.filter((mutant) => !changesSomeCase(mutant)).map(({ name }) => name)).toEqual([]);
  });
});
