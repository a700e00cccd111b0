import type { Jurisdiction } from '@bayway/domain';

/** One contract and one assessment, on the same days whenever the system is started: filed within ten working days. */
const FILED = { assessedOn: '2025-08-04', effectiveOn: '2025-09-01', filedOn: '2025-09-05' } as const;

type Pair = Readonly<{ holder: string; importer: Jurisdiction; recipient: string }>;

const contract = (pair: Pair, kind: 'gba-sc-hk' | 'gba-sc-mo', scope: { datasets: string[]; purposes: string[] }) => ({
  ...pair,
  kind,
  effectiveOn: FILED.effectiveOn,
  filedOn: FILED.filedOn,
  filedWith: 'guangdong-cac',
  scope,
});

const assessed = (pair: Pair, dataset: string) => ({ ...pair, dataset, doneOn: FILED.assessedOn });
const notified = (pair: Pair, dataset: string) => ({ ...pair, dataset, notifiedOn: FILED.effectiveOn });

const SHENZHEN_TO_HONG_KONG = { holder: 'pengwan-credit', importer: 'hk', recipient: 'tsing-wan-bank' } as const;
const GUANGZHOU_TO_MACAO = { holder: 'baiyunwan-university', importer: 'mo', recipient: 'lotus-bank' } as const;
const HONG_KONG_TO_SHENZHEN = { holder: 'tsing-wan-bank', importer: 'cn', recipient: 'qianwan-bank' } as const;
const MACAO_TO_HONG_KONG = { holder: 'lotus-bank', importer: 'hk', recipient: 'tsing-wan-bank' } as const;
const MACAO_TO_SHENZHEN = { holder: 'praia-revenue', importer: 'cn', recipient: 'qianwan-bank' } as const;

/** Contracts, impact assessments and notifications that the holders of a jurisdiction have on file. */
export const ON_FILE: Readonly<Record<Jurisdiction, object>> = {
  hk: { impactAssessments: [assessed(HONG_KONG_TO_SHENZHEN, 'bank-statement')] },
  mo: {
    authorisations: [notified(MACAO_TO_HONG_KONG, 'bank-statement'), notified(MACAO_TO_SHENZHEN, 'income-certificate')],
    impactAssessments: [assessed(MACAO_TO_SHENZHEN, 'income-certificate')],
  },
  cn: {
    instruments: [
      contract(SHENZHEN_TO_HONG_KONG, 'gba-sc-hk', {
        datasets: ['credit-report'],
        purposes: ['credit-underwriting', 'account-review'],
      }),
      contract(GUANGZHOU_TO_MACAO, 'gba-sc-mo', { datasets: ['degree-certificate'], purposes: ['employment-check'] }),
    ],
    impactAssessments: [
      assessed(SHENZHEN_TO_HONG_KONG, 'credit-report'),
      assessed(GUANGZHOU_TO_MACAO, 'degree-certificate'),
    ],
  },
};
