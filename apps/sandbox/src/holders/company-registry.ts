import { DEFAULT_SEED } from '../population/population.js';
import { randomFrom } from '../population/random.js';
import { dayIn, monthOf } from './calendar.js';
import { recordHolder, type Holder } from './holder.js';

const ITEMS = {
  registration: {
    name: 'text',
    name_latin: 'text',
    legal_form: 'text',
    registered_on: 'text',
    capital: 'text',
    currency: 'text',
    address: 'text',
    status: 'text',
  },
  'business-scope': { line: 'text' },
  officers: { role: 'text', appointed_on: 'text' },
  changes: { changed_on: 'text', what: 'text' },
} as const;

const SCOPES = ['技术开发', '软件销售', '货物进出口', '信息咨询', '设备租赁', '会议服务'];
const CHANGES = ['registered-capital', 'address', 'business-scope', 'directors'];

/** The company registry of a Mainland city, a state organ, with the dataset `business-registration`. */
export const companyRegistry = (place: string): Holder =>
  recordHolder('business-registration', ITEMS, {
    subjects: ({ organisations }) =>
      organisations
        .filter((organisation) => organisation.place === place)
        .map(({ id, name, document }) => ({ key: id, name: name.zh ?? name.latin, latin: name.latin, document })),
    draw: (subject, asOf) => {
      const random = randomFrom(`${DEFAULT_SEED} registry ${subject.key}`);
      const registered = monthOf(asOf) - 30 - random.below(120);
      const capital = `${(50 + 10 * random.below(100)) * 10_000}.00`;
      return {
        registration: [
          {
            ...{ name: subject.name, name_latin: subject.latin, legal_form: 'limited-liability' },
            ...{ registered_on: dayIn(registered, 18), capital, currency: 'CNY' },
            ...{ address: `珠海市香洲区样板路${1 + random.below(200)}号`, status: 'in-operation' },
          },
        ],
        'business-scope': SCOPES.slice(0, 3 + random.below(3)).map((line) => ({ line })),
        officers: ['legal-representative', 'director', 'supervisor'].map((role) => ({
          ...{ role, appointed_on: dayIn(registered + random.below(20), 18) },
        })),
        changes: CHANGES.slice(0, random.below(4)).map((what, i) => ({
          changed_on: dayIn(registered + 6 + i * 5, 9),
          what,
        })),
      };
    },
  });
