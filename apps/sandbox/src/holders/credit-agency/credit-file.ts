import type { Random } from '../../population/random.js';
import { dayIn, monthOf } from '../calendar.js';
import type { AccountType, Arrears, Portrait } from './portrait.js';

/** Rows as the tables of `registry` hold them; amounts in yuan with two decimals. */
export type Account = Readonly<{
  position: number;
  lender: string;
  type: AccountType;
  opened_on: string;
  closed_on: string | null;
  credit_limit: string;
  balance: string;
  status: 'open' | 'overdue' | 'closed';
}>;
/** `N` paid, `1`–`7` months overdue, `*` nothing due, `C` closed, `/` not open yet. */
export type Repayment = Readonly<{ position: number; month: string; status: string; due: string; paid: string }>;
export type DefaultEvent = Readonly<{ position: number; amount: string; began_on: string; ended_on: string | null }>;

/** Months of repayment history a report shows. */
export const HISTORY_MONTHS = 24;
/** From how many unpaid months on a debt counts as a default. */
const DEFAULT_AFTER_MONTHS = 3;

const LENDERS: Readonly<Record<AccountType, readonly string[]>> = {
  'credit-card': ['梧桐银行', '大沙河银行', '海滨银行'],
  mortgage: ['梧桐银行', '大沙河银行'],
  'car-loan': ['莲塘汽车金融'],
  'consumer-loan': ['红树林消费金融', '海滨银行'],
  'business-loan': ['大沙河银行', '海滨银行'],
};

/** Size of a debt of each type: smallest limit and step, in yuan. */
const SIZES: Readonly<Record<AccountType, readonly [number, number]>> = {
  'credit-card': [5_000, 5_000],
  mortgage: [600_000, 100_000],
  'car-loan': [60_000, 10_000],
  'consumer-loan': [3_000, 3_000],
  'business-loan': [100_000, 50_000],
};

const yuan = (amount: number): string => amount.toFixed(2);

/** One debt over its whole life, `now` being the first month that is not reported any more. */
type Debt = Readonly<{
  position: number;
  type: AccountType;
  opened: number;
  closed: number | null;
  limit: number;
  arrears: Arrears[];
}>;

function drawDebt(portrait: Portrait, position: number, { random, now }: { random: Random; now: number }): Debt {
  const type = portrait.accounts[position - 1] as AccountType;
  const arrears = portrait.arrears.filter(({ account }) => account === position);
  const needed = Math.max(0, ...arrears.map((each) => each.months + (each.endedMonthsAgo ?? 0)));
  const drawn = now - needed - 6 - random.below(72);
  const opened = position === 1 && portrait.years !== undefined ? now - 12 * portrait.years : drawn;
  const closable = arrears.every(({ endedMonthsAgo }) => endedMonthsAgo !== null && endedMonthsAgo > 12);
  const closed =
    position > 1 && closable && random.chance(20) ? now - 1 - random.below(Math.min(10, now - opened - 1)) : null;
  const [least, step] = SIZES[type];
  return { position, type, opened, closed, limit: least + step * random.below(10), arrears };
}

/** How many months are unpaid in `month`, 0 when all is paid. */
function unpaidIn(month: number, debt: Debt, now: number): number {
  for (const { months, endedMonthsAgo } of debt.arrears) {
    const began = now - (endedMonthsAgo ?? 0) - months;
    if (month >= began && month < began + months) return month - began + 1;
  }
  return 0;
}

function repayment(month: number, debt: Debt, now: number): Repayment {
  const instalment = debt.limit / (debt.type === 'mortgage' ? 240 : 36);
  const unpaid = unpaidIn(month, debt, now);
  const row = (status: string, due: number, paid: number): Repayment => ({
    position: debt.position,
    month: dayIn(month, 1),
    status,
    due: yuan(due),
    paid: yuan(paid),
  });
  if (month < debt.opened) return row('/', 0, 0);
  if (debt.closed !== null && month > debt.closed) return row('C', 0, 0);
  if (month === debt.opened) return row('*', 0, 0);
  if (unpaid > 0) return row(String(Math.min(unpaid, 7)), instalment * unpaid, 0);
  return row('N', instalment, instalment);
}

const historyOf = (debt: Debt, now: number): Repayment[] =>
  Array.from({ length: HISTORY_MONTHS }, (_, i) => repayment(now - HISTORY_MONTHS + i, debt, now));

function defaultsOf(debt: Debt, now: number): DefaultEvent[] {
  return debt.arrears
    .filter(({ months }) => months >= DEFAULT_AFTER_MONTHS)
    .map(({ months, endedMonthsAgo }) => ({
      position: debt.position,
      amount: yuan((debt.limit / 36) * months),
      began_on: dayIn(now - (endedMonthsAgo ?? 0) - months, 21),
      ended_on: endedMonthsAgo === null ? null : dayIn(now - endedMonthsAgo, 9),
    }));
}

function accountOf(debt: Debt, { random, now }: { random: Random; now: number }): Account {
  const overdue = unpaidIn(now - 1, debt, now) > 0;
  return {
    position: debt.position,
    lender: random.pick(LENDERS[debt.type]),
    type: debt.type,
    opened_on: dayIn(debt.opened, 1 + random.below(20)),
    closed_on: debt.closed === null ? null : dayIn(debt.closed, 28),
    credit_limit: yuan(debt.limit),
    balance: yuan(debt.closed === null ? (debt.limit * (10 + random.below(80))) / 100 : 0),
    status: debt.closed !== null ? 'closed' : overdue ? 'overdue' : 'open',
  };
}

/** The debts of a file: accounts, their history and their defaults agree with one another. */
export function drawDebts(portrait: Portrait, random: Random, asOf: string) {
  const now = monthOf(asOf);
  const debts = portrait.accounts.map((_, i) => drawDebt(portrait, i + 1, { random, now }));
  return {
    accounts: debts.map((debt) => accountOf(debt, { random, now })),
    repayments: debts.flatMap((debt) => historyOf(debt, now)),
    defaults: debts.flatMap((debt) => defaultsOf(debt, now)),
  };
}
