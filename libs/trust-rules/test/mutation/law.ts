import { changesSomeCase, EQUIVALENT } from '../mutants.js';
import { allMutants } from '../mutator.js';

/** Every mutant of the law against every case; names those that change none and are not known to be the same law. */
const mutants = allMutants();
const lived = mutants.filter((mutant) => !changesSomeCase(mutant)).map(({ name }) => name);
const survivors = lived.filter((name) => !EQUIVALENT.has(name));
process.stdout.write(
  `${JSON.stringify({ mutants: mutants.length, killed: mutants.length - lived.length, equivalent: lived.length - survivors.length, survivors })}\n`,
);
