import type { Random } from '../../population/random.js';
import { dayIn, monthOf } from '../calendar.js';
import type { Portrait } from './portrait.js';

const BANKS = ['梧桐银行', '大沙河银行', '海滨银行', '红树林消费金融'];
const REASONS = ['loan-application', 'card-application', 'account-review', 'guarantee-review', 'own-request'] as const;
const BORROWERS = ['亲属', '朋友', '所任职公司'];
const AUTHORITIES = {
  'tax-arrears': '深圳市税务局',
  'civil-judgment': '深圳市人民法院',
  enforcement: '深圳市人民法院',
  'administrative-penalty': '深圳市市场监督管理局',
} as const;

/** What stands in a file beside the debts: guarantees given, who looked at it in two years, records of authorities. */
export function drawSideRecords(portrait: Portrait, random: Random, asOf: string) {
  const now = monthOf(asOf);
  const times = <T>(count: number, make: (position: number) => T): T[] =>
    Array.from({ length: count }, (_, i) => make(i + 1));
  return {
    guarantees: times(portrait.guarantees, (position) => {
      const began = now - 3 - random.below(40);
      const ends = began + 12 + random.below(60);
      return {
        position,
        borrower: random.pick(BORROWERS),
        lender: random.pick(BANKS),
        amount: (20_000 + 10_000 * random.below(30)).toFixed(2),
        began_on: dayIn(began, 15),
        ends_on: dayIn(ends, 15),
        status: ends < now ? 'released' : random.chance(90) ? 'in-force' : 'called',
      };
    }),
    enquiries: times(portrait.enquiries, (position) => {
      const reason = random.pick(REASONS);
      const enquirer = reason === 'own-request' ? '本人' : random.pick(BANKS);
      return { position, enquirer, reason, asked_on: dayIn(now - 1 - random.below(23), 1 + random.below(28)) };
    }),
    publicRecords: times(portrait.publicRecords, (position) => {
      const type = random.pick(Object.keys(AUTHORITIES) as (keyof typeof AUTHORITIES)[]);
      const decided = now - 4 - random.below(44);
      return {
        position,
        type,
        authority: AUTHORITIES[type],
        amount: (1_000 + 500 * random.below(100)).toFixed(2),
        decided_on: dayIn(decided, 10),
        ended_on: random.chance(70) ? dayIn(decided + 3, 10) : null,
      };
    }),
  };
}
