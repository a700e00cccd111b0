import { bankHolder } from './bank.js';
import { companyRegistry } from './company-registry.js';
import { creditAgency } from './credit-agency/credit-agency.js';
import type { Holder } from './holder.js';
import { taxOffice } from './tax-office.js';
import { university } from './university.js';

/** The holders of the sandbox that keep their records in a database of their own, by participant id. */
export const HOLDERS: Readonly<Record<string, Holder>> = {
  'pengwan-credit': creditAgency({ key: 'credit', files: 'pengwan' }),
  'qianchao-credit': creditAgency({ key: 'qianchao', files: 'qianchao' }),
  'zhuhai-registry': companyRegistry('CN-440400'),
  'baiyunwan-university': university,
  'tsing-wan-bank': bankHolder({
    ...{ key: 'tsing-wan', currency: 'HKD', document: 'hkid', share: 45 },
    spending: [
      ['card', 'supermarket'],
      ['card', 'MTR'],
      ['card', 'restaurant'],
      ['transfer', 'FPS transfer'],
      ['direct-debit', 'electricity'],
    ],
  }),
  'lotus-bank': bankHolder({
    ...{ key: 'lotus', currency: 'MOP', document: 'bir', share: 60 },
    spending: [
      ['card', 'supermercado'],
      ['card', 'restaurante'],
      ['transfer', 'transferência'],
      ['direct-debit', 'CEM electricidade'],
    ],
  }),
  'praia-revenue': taxOffice,
};
