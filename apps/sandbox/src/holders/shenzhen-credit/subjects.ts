import { matchNumber, type IdentityDocument } from '@bayway/domain';
import type { PersonName } from '../../population/names.js';
import type { Population } from '../../population/population.js';
import { randomFrom } from '../../population/random.js';
import { drawDebts } from './credit-file.js';
import { COMPANY_PORTRAIT, drawPortrait, PORTRAITS, type Portrait } from './portrait.js';
import { drawSideRecords } from './side-records.js';

/** A file about one person or organisation, by table of `registry`. */
export type CreditFile = ReturnType<typeof drawFile>;

type Named = Readonly<{ key: string; name: PersonName; bornOn: string | null; document: IdentityDocument }>;

function drawFile(id: number, subject: Named, { seed, asOf }: { seed: string; asOf: string }) {
  const random = randomFrom(`${seed} credit ${subject.key}`);
  const drawn: Portrait = subject.bornOn === null ? COMPANY_PORTRAIT : drawPortrait(random);
  const portrait = PORTRAITS[subject.key] ?? drawn;
  const debts = drawDebts(portrait, random, asOf);
  const { kind, number } = subject.document;
  const own = <T extends object>(rows: readonly T[]) => rows.map((row) => ({ subject_id: id, ...row }));
  const side = drawSideRecords(portrait, random, asOf);
  return {
    subject: [
      {
        id,
        kind: subject.bornOn === null ? 'organisation' : 'person',
        name: subject.name.zh ?? subject.name.latin,
        name_latin: subject.name.latin,
        born_on: subject.bornOn,
      },
    ],
    document: own([{ kind, number, match_number: matchNumber(subject.document) }]),
    account: own(debts.accounts.map((row) => ({ ...row, account_number: `PW${id}-${row.position}` }))),
    repayment: own(debts.repayments),
    default_event: own(debts.defaults),
    guarantee: own(side.guarantees),
    enquiry: own(side.enquiries),
    public_record: own(side.publicRecords),
  };
}

/**
 * The files of the agency on a day: everybody in the population whom it knows, under the document it registered.
 * @param asOf `YYYY-MM-DD`; histories end with the month before
 */
export function drawFiles(population: Population, seed: string, asOf: string): CreditFile[] {
  const people = population.people.flatMap(({ login, name, bornOn, creditFile }): Named[] =>
    creditFile ? [{ key: login, name, bornOn, document: creditFile }] : [],
  );
  const organisations = population.organisations.flatMap(({ id, name, document, creditFile }): Named[] =>
    creditFile ? [{ key: id, name, bornOn: null, document }] : [],
  );
  return [...people, ...organisations].map((subject, i) => drawFile(i + 1, subject, { seed, asOf }));
}
