import { DEFAULT_SEED } from '../population/population.js';
import { randomFrom } from '../population/random.js';
import { knownBy, recordHolder, type Holder } from './holder.js';

const ITEMS = {
  taxpayer: { name: 'text', name_latin: 'text' },
  'income-by-year': { year: 'integer', employer: 'text', income: 'text', currency: 'text' },
  'tax-by-year': { year: 'integer', assessed: 'text', paid: 'text', currency: 'text', status: 'text' },
} as const;

const EMPLOYERS = [
  'Companhia de Hotelaria Praia',
  'Construções Lótus',
  '蓮峰物業管理',
  '氹仔餐飲集團',
  'Escola da Taipa',
];
/** Professional tax of Macao in patacas: bands by Law 2/78/M as applied since 2019, with 30% of the tax forgiven. */
const BANDS = [
  [144_000, 0],
  [164_000, 0.07],
  [184_000, 0.08],
  [224_000, 0.09],
  [304_000, 0.1],
  [424_000, 0.11],
  [Infinity, 0.12],
] as const;
const FORGIVEN = 0.3;
const YEARS = 5;

/** @param income patacas of a year */
export function professionalTax(income: number): number {
  let from = 0;
  let tax = 0;
  for (const [to, rate] of BANDS) {
    tax += Math.max(0, Math.min(income, to) - from) * rate;
    from = to;
  }
  return Math.round(tax * (1 - FORGIVEN));
}

/** The revenue office of Macao with the dataset `income-certificate`: five years of income and professional tax. */
export const taxOffice: Holder = recordHolder('income-certificate', ITEMS, {
  subjects: ({ people }) => people.flatMap((person) => knownBy(person, ['bir']) ?? []),
  draw: (subject, asOf) => {
    const random = randomFrom(`${DEFAULT_SEED} tax ${subject.key}`);
    const employer = random.pick(EMPLOYERS);
    const first = 180_000 + 6_000 * random.below(60);
    const years = Array.from({ length: YEARS }, (_, i) => ({
      year: Number(asOf.slice(0, 4)) - YEARS + i,
      income: Math.round(first * 1.04 ** i),
    }));
    return {
      taxpayer: [{ name: subject.name, name_latin: subject.latin }],
      'income-by-year': years.map(({ year, income }) => ({ year, employer, income: `${income}.00`, currency: 'MOP' })),
      'tax-by-year': years.map(({ year, income }) => {
        const assessed = `${professionalTax(income)}.00`;
        return { year, assessed, paid: assessed, currency: 'MOP', status: 'settled' };
      }),
    };
  },
});
