import type { Random } from '../../population/random.js';

export type AccountType = 'credit-card' | 'mortgage' | 'car-loan' | 'consumer-loan' | 'business-loan';

/** A stretch of months unpaid; `endedMonthsAgo` is null while it lasts, and may lie years back. */
export type Arrears = Readonly<{ account: number; months: number; endedMonthsAgo: number | null }>;

/** What kind of borrower somebody is, before amounts and days are drawn. */
export type Portrait = Readonly<{
  accounts: readonly AccountType[];
  arrears: readonly Arrears[];
  guarantees: number;
  enquiries: number;
  publicRecords: number;
  /** How long ago the first account was opened; drawn without it. */
  years?: number;
}>;

/** Borrowers whose history the guides and tests rely on. */
export const PORTRAITS: Readonly<Record<string, Portrait>> = {
  // One default, over for three years: lawful to report, and "none in the last 24 months" is true.
  'chan.meiyee': {
    accounts: ['credit-card', 'consumer-loan', 'car-loan'],
    arrears: [{ account: 2, months: 4, endedMonthsAgo: 36 }],
    guarantees: 1,
    enquiries: 4,
    publicRecords: 0,
  },
  // A default that lasts.
  'wong.kahou': {
    accounts: ['mortgage', 'credit-card', 'business-loan'],
    arrears: [{ account: 3, months: 5, endedMonthsAgo: null }],
    guarantees: 0,
    enquiries: 7,
    publicRecords: 1,
  },
  // One default that ended more than five years ago and should have been deleted: it must not be passed on.
  'zhou.jianhua': {
    accounts: ['mortgage', 'credit-card'],
    arrears: [
      { account: 2, months: 4, endedMonthsAgo: 70 },
      { account: 1, months: 3, endedMonthsAgo: 18 },
    ],
    guarantees: 2,
    enquiries: 3,
    publicRecords: 2,
  },
  // Ten years of paying in time in Hangzhou.
  'shen.yuning': {
    accounts: ['mortgage', 'credit-card', 'consumer-loan'],
    arrears: [],
    guarantees: 0,
    enquiries: 2,
    publicRecords: 0,
    years: 10,
  },
  'lei.kaman': { accounts: ['credit-card'], arrears: [], guarantees: 0, enquiries: 1, publicRecords: 0 },
};

const TYPES: Readonly<Record<AccountType, number>> = {
  'credit-card': 50,
  'consumer-loan': 20,
  mortgage: 15,
  'car-loan': 10,
  'business-loan': 5,
};

function drawArrears(account: number, random: Random): Arrears[] {
  if (!random.chance(12)) return [];
  const when = random.weighted({ now: 15, lately: 50, before: 35 });
  const endedMonthsAgo = when === 'now' ? null : when === 'lately' ? 1 + random.below(18) : 25 + random.below(50);
  return [{ account, months: 1 + random.below(6), endedMonthsAgo }];
}

/** Draws a believable borrower: most pay in time, some were late, a few defaulted. */
export function drawPortrait(random: Random): Portrait {
  const accounts = Array.from({ length: 1 + random.below(5) }, () => random.weighted(TYPES));
  return {
    accounts,
    arrears: accounts.flatMap((_, i) => drawArrears(i + 1, random)),
    guarantees: random.chance(15) ? 1 + random.below(2) : 0,
    enquiries: random.below(9),
    publicRecords: random.chance(6) ? 1 + random.below(2) : 0,
  };
}

/** A company that borrows. */
export const COMPANY_PORTRAIT: Portrait = {
  accounts: ['business-loan', 'business-loan', 'credit-card'],
  arrears: [{ account: 1, months: 2, endedMonthsAgo: 9 }],
  guarantees: 1,
  enquiries: 5,
  publicRecords: 1,
};
