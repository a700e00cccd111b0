import type { DocumentKind } from '@bayway/domain';
import { DEFAULT_SEED } from '../population/population.js';
import { CHILDREN, PERSONAS } from '../population/personas.js';
import { randomFrom, type Random } from '../population/random.js';
import { dayIn, monthOf } from './calendar.js';
import { knownBy, recordHolder, type Draft, type Holder, type Subject } from './holder.js';

const ITEMS = {
  'account-holder': { name: 'text', name_latin: 'text', customer_since: 'text' },
  accounts: { account: 'integer', type: 'text', ending: 'text', opened_on: 'text', currency: 'text', balance: 'text' },
  balances: { account: 'integer', month: 'text', currency: 'text', opening: 'text', closing: 'text' },
  transactions: { account: 'integer', booked_on: 'text', amount: 'text', currency: 'text', kind: 'text', note: 'text' },
} as const;

/** Months of balances, and of them the last ones with every transaction. */
const BALANCE_MONTHS = 12;
const TRANSACTION_MONTHS = 3;

const PERSONA_LOGINS = [...PERSONAS, ...CHILDREN].map(({ login }) => login);
const CHILD_LOGINS = CHILDREN.map(({ login }) => login);

/** What a bank is like: whom it serves, in which currency, and what people there spend on. */
export type BankProfile = Readonly<{
  key: string;
  currency: string;
  /** Document by which it registers a customer, and how many in a hundred residents who hold one are customers. */
  document: DocumentKind;
  share: number;
  spending: readonly (readonly [kind: string, note: string])[];
}>;

type Transaction = Readonly<{ account: number; booked_on: string; amount: string; kind: string; note: string }>;

const money = (cents: number): string => (cents / 100).toFixed(2);

/** One month of a current account in cents: salary in, rent and card out. */
function monthOfAccount(
  month: number,
  wage: number,
  { random, spending }: { random: Random } & Pick<BankProfile, 'spending'>,
) {
  const rent = Math.round(wage * 0.3);
  const booked = [
    { day: 1, cents: wage, kind: 'salary', note: 'salary' },
    { day: 3, cents: -rent, kind: 'standing-order', note: 'rent' },
    ...Array.from({ length: 4 + random.below(5) }, () => {
      const [kind, note] = random.pick(spending);
      return {
        day: 4 + random.below(24),
        cents: -(2_000 + random.below(Math.max(1, Math.round(wage / 14)))),
        kind,
        note,
      };
    }),
  ].sort((a, b) => a.day - b.day);
  const rows = booked.map(({ day, cents, kind, note }): Transaction => ({
    ...{ account: 1, booked_on: dayIn(month, day), amount: money(cents), kind, note },
  }));
  return { change: booked.reduce((sum, { cents }) => sum + cents, 0), rows };
}

/** One month of a child's savings account in cents: pocket money comes in. */
function monthOfSavings(month: number) {
  const cents = 20_000;
  const row = { account: 1, booked_on: dayIn(month, 1), amount: money(cents), kind: 'transfer', note: 'pocket money' };
  return { change: cents, rows: [row] };
}

/** A statement whose balances follow from what was booked, month by month. */
function drawStatement(profile: BankProfile, subject: Subject, asOf: string): Draft<keyof typeof ITEMS> {
  const random = randomFrom(`${DEFAULT_SEED} ${profile.key} ${subject.key}`);
  const { currency, spending } = profile;
  const isChild = CHILD_LOGINS.includes(subject.key);
  const now = monthOf(asOf);
  const wage = 1_200_000 + 50_000 * random.below(80);
  let balance = 500_000 + random.below(20_000_000);
  const months = Array.from({ length: BALANCE_MONTHS }, (_, i) => {
    const month = now - BALANCE_MONTHS + i;
    const { change, rows } = isChild ? monthOfSavings(month) : monthOfAccount(month, wage, { random, spending });
    const opening = balance;
    balance += change;
    return { month, opening, closing: balance, rows };
  });
  const saved = !isChild && random.chance(60) ? 1_000_000 + random.below(60_000_000) : null;
  const opened = now - 24 - random.below(150);
  const account = (position: number, type: string, cents: number) => ({
    ...{
      account: position,
      type,
      ending: String(1_000 + random.below(9_000)),
      opened_on: dayIn(opened + position, 12),
    },
    ...{ currency, balance: money(cents) },
  });
  return {
    'account-holder': [{ name: subject.name, name_latin: subject.latin, customer_since: dayIn(opened, 5) }],
    accounts: [
      account(1, isChild ? 'savings' : 'current', balance),
      ...(saved === null ? [] : [account(2, 'savings', saved)]),
    ],
    balances: months.map(({ month, opening, closing }) => ({
      ...{ account: 1, month: dayIn(month, 1).slice(0, 7), currency, opening: money(opening), closing: money(closing) },
    })),
    transactions: months.slice(-TRANSACTION_MONTHS).flatMap(({ rows }) => rows.map((row) => ({ ...row, currency }))),
  };
}

/** A bank with the dataset `bank-statement`: who the customer is, accounts, a year of balances, three months of bookings. */
export const bankHolder = (profile: BankProfile): Holder =>
  recordHolder('bank-statement', ITEMS, {
    subjects: ({ people }) =>
      people.flatMap((person) => {
        const known = knownBy(person, [profile.document]);
        const isCustomer =
          PERSONA_LOGINS.includes(person.login) || randomFrom(`${profile.key} ${person.login}`).chance(profile.share);
        return known && isCustomer ? [known] : [];
      }),
    draw: (subject, asOf) => drawStatement(profile, subject, asOf),
  });
