import type { Jurisdiction } from '@bayway/domain';
import { text, type Text } from './texts.js';

type Item = Readonly<{ id: string; name: Text; category: string; keepYears?: number; sensitive?: boolean }>;

type Answer = Readonly<{ id: string; name: Text; of: readonly string[] }>;

/** What a holder offers, without the schemas of its items, which follow from its connector's configuration. */
export type Offer = Readonly<{
  holder: string;
  id: string;
  name: Text;
  subjects?: readonly ('person' | 'organisation')[];
  level: number;
  modes: readonly string[];
  collectedFor: string;
  items: readonly Item[];
  serviceLevel: Readonly<{ p95Ms: number; availability: number }>;
  satisfies: readonly string[];
  answers?: readonly Answer[];
}>;

const item = (id: string, category: string, name: Text): Item => ({ id, category, name });
const SERVICE_LEVEL = { p95Ms: 5_000, availability: 99.5 };

const CREDIT_FILE = [
  item(
    'accounts',
    'credit-report',
    text('貸款及信用卡戶口', '贷款和信用卡账户', { pt: 'Empréstimos e cartões', en: 'Loans and cards' }),
  ),
  item(
    'repayment-history',
    'credit-report',
    text('24個月還款紀錄', '24个月还款记录', { pt: 'Reembolsos, 24 meses', en: 'Repayments, 24 months' }),
  ),
  {
    ...item('defaults', 'credit-report', text('逾期紀錄', '逾期记录', { pt: 'Incumprimentos', en: 'Late payments' })),
    keepYears: 5,
  },
  item(
    'guarantees',
    'credit-report',
    text('為他人作出的擔保', '为他人提供的担保', {
      pt: 'Garantias dadas a terceiros',
      en: 'Guarantees given for others',
    }),
  ),
  item(
    'public-records',
    'credit-report',
    text('法院及公共紀錄', '法院和公共记录', { pt: 'Registos judiciais e públicos', en: 'Court and public records' }),
  ),
];
const CREDIT_REPORT = [
  item(
    'subject-name',
    'contact-details',
    text('姓名及出生年份', '姓名和出生年份', { pt: 'Nome e ano de nascimento', en: 'Name and year of birth' }),
  ),
  ...CREDIT_FILE,
  item(
    'enquiries',
    'credit-report',
    text('誰查閱過我的信貸報告', '谁查询过我的信用报告', {
      pt: 'Quem consultou o relatório',
      en: 'Who looked at my credit report',
    }),
  ),
];
const ENTERPRISE_REPORT = [
  item(
    'enterprise',
    'contact-details',
    text('企業名稱', '企业名称', { pt: 'Nome da empresa', en: 'Name of the company' }),
  ),
  ...CREDIT_FILE,
];
/** Questions that a credit agency answers; what exactly they ask stands in `infra/connectors`. */
const CREDIT_ANSWERS: readonly Answer[] = [
  {
    id: 'no-default-24-months',
    name: text('過去24個月沒有逾期？', '过去24个月没有逾期？', {
      pt: 'Sem incumprimentos nos últimos 24 meses?',
      en: 'No late payment in the last 24 months?',
    }),
    of: ['defaults'],
  },
  {
    id: 'two-accounts-on-time',
    name: text('最少兩個戶口在24個月內每期準時還款？', '至少两个账户在24个月内每期按时还款？', {
      pt: 'Pelo menos duas contas sempre pagas a tempo em 24 meses?',
      en: 'At least two accounts always paid on time in 24 months?',
    }),
    of: ['accounts', 'repayment-history'],
  },
  {
    id: 'open-balance-range',
    name: text('未償還總額的範圍', '未偿还总额的区间', {
      pt: 'Intervalo do total em dívida',
      en: 'Range of the total owed',
    }),
    of: ['accounts'],
  },
];
const STATEMENT = [
  item(
    'account-holder',
    'contact-details',
    text('戶口持有人', '账户持有人', { pt: 'Titular da conta', en: 'Account holder' }),
  ),
  item(
    'accounts',
    'bank-statement',
    text('戶口及結餘', '账户及余额', { pt: 'Contas e saldos', en: 'Accounts and balances' }),
  ),
  item(
    'balances',
    'bank-statement',
    text('12個月結餘', '12个月余额', { pt: 'Saldos, 12 meses', en: 'Balances, 12 months' }),
  ),
  item(
    'transactions',
    'transaction-history',
    text('3個月交易', '3个月交易', { pt: 'Movimentos, 3 meses', en: 'Transactions, 3 months' }),
  ),
];

/** The datasets of a local run. */
export const OFFERS: Readonly<Record<Jurisdiction, readonly Offer[]>> = {
  hk: [
    {
      holder: 'tsing-wan-bank',
      id: 'bank-statement',
      name: text('銀行月結單', '银行流水', { pt: 'Extracto bancário', en: 'Bank statement' }),
      level: 3,
      modes: ['transfer', 'verify'],
      collectedFor: 'account-opening',
      items: STATEMENT,
      serviceLevel: SERVICE_LEVEL,
      satisfies: ['assets', 'income'],
    },
  ],
  mo: [
    {
      holder: 'lotus-bank',
      id: 'bank-statement',
      name: text('銀行月結單', '银行流水', { pt: 'Extracto bancário', en: 'Bank statement' }),
      level: 3,
      modes: ['transfer', 'verify'],
      collectedFor: 'account-review',
      items: STATEMENT,
      serviceLevel: SERVICE_LEVEL,
      satisfies: ['assets', 'income'],
    },
    {
      holder: 'praia-revenue',
      id: 'income-certificate',
      name: text('收入及稅務證明', '收入及税务证明', {
        pt: 'Certidão de rendimentos',
        en: 'Income and tax certificate',
      }),
      level: 3,
      modes: ['transfer', 'answer', 'verify'],
      collectedFor: 'public-service',
      items: [
        item('taxpayer', 'contact-details', text('納稅人', '纳税人', { pt: 'Contribuinte', en: 'Taxpayer' })),
        item(
          'income-by-year',
          'income-tax',
          text('各年收入', '各年收入', { pt: 'Rendimento por ano', en: 'Income, by year' }),
        ),
        item(
          'tax-by-year',
          'income-tax',
          text('各年職業稅', '各年职业税', { pt: 'Imposto profissional por ano', en: 'Professional tax, by year' }),
        ),
      ],
      answers: [
        {
          id: 'income-range',
          name: text('去年收入的範圍', '去年收入的区间', {
            pt: 'Intervalo do rendimento do último ano',
            en: 'Range of last year’s income',
          }),
          of: ['income-by-year'],
        },
      ],
      serviceLevel: SERVICE_LEVEL,
      satisfies: ['income', 'tax-paid'],
    },
  ],
  cn: [
    {
      holder: 'pengwan-credit',
      id: 'credit-report',
      name: text('信貸報告', '信用报告', { pt: 'Relatório de crédito', en: 'Credit report' }),
      level: 3,
      modes: ['transfer', 'answer', 'verify'],
      collectedFor: 'credit-underwriting',
      items: CREDIT_REPORT,
      answers: CREDIT_ANSWERS,
      serviceLevel: SERVICE_LEVEL,
      satisfies: ['creditworthiness'],
    },
    {
      holder: 'pengwan-credit',
      id: 'enterprise-credit-report',
      name: text('企業信貸報告', '企业信用报告', {
        pt: 'Relatório de crédito empresarial',
        en: 'Enterprise credit report',
      }),
      subjects: ['organisation'],
      level: 3,
      modes: ['transfer'],
      collectedFor: 'credit-underwriting',
      items: ENTERPRISE_REPORT,
      serviceLevel: SERVICE_LEVEL,
      satisfies: ['creditworthiness'],
    },
    {
      holder: 'qianchao-credit',
      id: 'credit-report',
      name: text('信貸報告', '信用报告', { pt: 'Relatório de crédito', en: 'Credit report' }),
      level: 3,
      modes: ['transfer', 'answer', 'verify'],
      collectedFor: 'credit-underwriting',
      items: CREDIT_REPORT,
      answers: CREDIT_ANSWERS,
      serviceLevel: SERVICE_LEVEL,
      satisfies: ['creditworthiness'],
    },
    {
      holder: 'zhuhai-registry',
      id: 'business-registration',
      name: text('商業登記紀錄', '商业登记记录', { pt: 'Certidão do registo comercial', en: 'Business registration' }),
      subjects: ['organisation'],
      level: 3,
      modes: ['transfer'],
      collectedFor: 'public-service',
      items: [
        item(
          'registration',
          'kyc-file',
          text('商業登記', '商业登记', { pt: 'Registo comercial', en: 'Business registration' }),
        ),
        item(
          'business-scope',
          'kyc-file',
          text('經營範圍', '经营范围', { pt: 'Objecto social', en: 'Line of business' }),
        ),
        item('officers', 'kyc-file', text('負責人職位', '负责人职位', { pt: 'Cargos sociais', en: 'Officers' })),
        item(
          'changes',
          'kyc-file',
          text('登記變更', '登记变更', { pt: 'Alterações ao registo', en: 'Changes of the register' }),
        ),
      ],
      serviceLevel: SERVICE_LEVEL,
      satisfies: ['business-existence'],
    },
    {
      holder: 'baiyunwan-university',
      id: 'degree-certificate',
      name: text('學位證書', '学位证书', { pt: 'Certificado de grau académico', en: 'Degree certificate' }),
      level: 3,
      modes: ['transfer', 'verify'],
      collectedFor: 'school-admission',
      items: [
        item(
          'graduate',
          'contact-details',
          text('畢業生姓名', '毕业生姓名', { pt: 'Nome do diplomado', en: 'Name of the graduate' }),
        ),
        item('degrees', 'education', text('學位', '学位', { pt: 'Graus', en: 'Degrees' })),
        item(
          'courses',
          'education',
          text('修讀科目及成績', '修读课程及成绩', { pt: 'Disciplinas e notas', en: 'Courses and marks' }),
        ),
      ],
      serviceLevel: SERVICE_LEVEL,
      satisfies: ['academic-degree'],
    },
  ],
};
