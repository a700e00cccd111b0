import { matchNumber, type IdentityDocument } from '@bayway/domain';
import type { PersonName } from '../../population/names.js';
import type { Person } from '../../population/person.js';
import type { Population } from '../../population/population.js';
import { randomFrom } from '../../population/random.js';
import { drawDebts } from './credit-file.js';
import { COMPANY_PORTRAIT, drawPortrait, PORTRAITS, type Portrait } from './portrait.js';
import { drawSideRecords } from './side-records.js';

/** A file about one person or organisation, by table of `registry`. */
export type CreditFile = ReturnType<typeof drawFile>;

type Named = Readonly<{ key: string; name: PersonName; bornOn: string | null; document: IdentityDocument }>;

function drawFile(id: number, subject: Named, { seed, asOf }: { seed: string; asOf: string }) {
  const random = randomFrom(`${seed} ${subject.key}`);
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

/** An agency: how its choices are drawn, and which of the population's files it keeps. */
export type Agency = Readonly<{ key: string; files: 'pengwan' | 'qianchao' }>;

/** Under which document an agency has a file about a person. */
const registeredAt: Readonly<Record<Agency['files'], (person: Person) => IdentityDocument | null>> = {
  pengwan: ({ creditFile }) => creditFile,
  qianchao: ({ home, documents }) =>
    home === 'CN-330100' ? (documents.find(({ kind }) => kind === 'resident-identity-card') ?? null) : null,
};

/**
 * The files of an agency on a day: everybody in the population whom it knows, under the document it registered.
 * @param on `asOf` is `YYYY-MM-DD`; histories end with the month before
 */
export function drawFiles(population: Population, agency: Agency, on: { seed: string; asOf: string }): CreditFile[] {
  const people = population.people.flatMap((person): Named[] => {
    const document = registeredAt[agency.files](person);
    return document ? [{ key: person.login, name: person.name, bornOn: person.bornOn, document }] : [];
  });
  const companies = agency.files === 'pengwan' ? population.organisations : [];
  const organisations = companies.flatMap(({ id, name, document, creditFile }): Named[] =>
    creditFile ? [{ key: id, name, bornOn: null, document }] : [],
  );
  const seed = `${on.seed} ${agency.key}`;
  return [...people, ...organisations].map((subject, i) => drawFile(i + 1, subject, { seed, asOf: on.asOf }));
}
