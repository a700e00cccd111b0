import { writeFileSync } from 'node:fs';
import { changesSomeCase } from '../mutants.js';
import { mutantsOfDates, mutantsOfProvisions } from '../mutator.js';

/** Every mutant of the law against every case; writes the names of those that change none. */
const [, , file] = process.argv;
const mutants = [...mutantsOfProvisions(), ...mutantsOfDates()];
const survivors = mutants.filter((mutant) => !changesSomeCase(mutant)).map(({ name }) => name);
if (file) writeFileSync(file, survivors.map((name) => `${name}\n`).join(''));
process.stdout.write(`${JSON.stringify({ mutants: mutants.length, killed: mutants.length - survivors.length })}\n`);
