/** Something a bank does for its customers for which it asks for a record from elsewhere. */
export type Product = Readonly<{
  id: string;
  title: string;
  why: string;
  button: string;
  /** The purposes a clerk may choose; the first is what the product is for, the others are there to see them refused. */
  purposes: readonly (readonly [code: string, words: string])[];
  reference: string;
  /** For how many days the bank asks to be allowed to fetch. */
  validDays: number;
  /** Absent: the record itself. */
  mode?: 'transfer' | 'answer' | 'verify';
  dataset: string;
  exporter: 'hk' | 'mo' | 'cn';
  holder: string;
  items: readonly string[];
  optional: readonly string[];
}>;

/** A bank as its customers see it. */
export type BankFace = Readonly<{
  name: string;
  nameZh: string;
  colour: string;
  products: readonly [Product, ...Product[]];
}>;

const STATEMENT = { dataset: 'bank-statement', items: ['account-holder', 'accounts', 'balances'] } as const;

const TSING_WAN: BankFace = {
  name: 'Tsing Wan Bank',
  nameZh: '青灣銀行',
  colour: '#123a5a',
  products: [
    {
      id: 'mortgage',
      title: 'Your mortgage application MA-0417',
      why: 'You work in Shenzhen. To decide, we would like to see the credit report that Pengwan Credit Information keeps about you there.',
      button: 'Ask for my credit report',
      purposes: [
        ['credit-underwriting', 'To decide on the mortgage'],
        ['direct-marketing', 'To send you offers'],
        ['group-risk-analytics', 'To study risks across our group'],
      ],
      reference: 'MA-0417',
      validDays: 150,
      ...{ dataset: 'credit-report', exporter: 'cn', holder: 'pengwan-credit' },
      items: ['subject-name', 'accounts', 'repayment-history', 'defaults', 'guarantees'],
      optional: ['enquiries'],
    },
    {
      id: 'card-answers',
      title: 'A card, with three answers from Shenzhen',
      why: 'You work in Shenzhen. We need not see your credit report there: three answers from Pengwan Credit Information will do.',
      button: 'Ask for three answers',
      purposes: [['credit-underwriting', 'To decide on the card']],
      reference: 'CC-3301',
      validDays: 90,
      mode: 'answer',
      ...{ dataset: 'credit-report', exporter: 'cn', holder: 'pengwan-credit' },
      items: ['no-default-24-months', 'two-accounts-on-time'],
      optional: ['open-balance-range'],
    },
    {
      id: 'card-carried',
      title: 'A card, with the report that you bring',
      why: 'You work in Shenzhen. Bring us your credit report from Pengwan Credit Information yourself.',
      button: 'I bring my report',
      purposes: [['credit-underwriting', 'To decide on the card']],
      reference: 'CC-3302',
      validDays: 60,
      mode: 'verify',
      ...{ dataset: 'credit-report', exporter: 'cn', holder: 'pengwan-credit' },
      items: ['subject-name', 'accounts', 'repayment-history', 'defaults'],
      optional: [],
    },
    {
      id: 'card-hangzhou',
      title: 'A card, with your years in Hangzhou',
      why: 'You lived in Hangzhou. We would like to see the credit report that Qianchao Credit keeps about you there.',
      button: 'Ask for my report from Hangzhou',
      purposes: [['credit-underwriting', 'To decide on the card']],
      reference: 'CC-2209',
      validDays: 150,
      ...{ dataset: 'credit-report', exporter: 'cn', holder: 'qianchao-credit' },
      items: ['subject-name', 'accounts', 'repayment-history', 'defaults'],
      optional: [],
    },
    {
      id: 'loan-macao',
      title: 'A loan, with your account in Macao',
      why: 'You bank with Lotus Bank in Macao. We would like to see your statement there.',
      button: 'Ask for my Macao statement',
      purposes: [['credit-underwriting', 'To decide on the loan']],
      reference: 'PL-0031',
      validDays: 150,
      ...{ ...STATEMENT, exporter: 'mo', holder: 'lotus-bank' },
      optional: ['transactions'],
    },
  ],
};

const LOTUS: BankFace = {
  name: 'Lotus Bank',
  nameZh: '蓮花銀行',
  colour: '#1f5a4a',
  products: [
    {
      id: 'account-hongkong',
      title: 'An account, with your bank in Hong Kong',
      why: 'You bank with Tsing Wan Bank in Hong Kong. We would like to see your statement there.',
      button: 'Ask for my Hong Kong statement',
      purposes: [['account-opening', 'To open the account']],
      reference: 'AO-7701',
      validDays: 60,
      ...{ ...STATEMENT, exporter: 'hk', holder: 'tsing-wan-bank' },
      optional: ['transactions'],
    },
    {
      id: 'job-guangzhou',
      title: 'Your application for a post with us',
      why: 'You studied in Guangzhou. We would like to see your degree certificate from Baiyunwan University.',
      button: 'Ask for my degree certificate',
      purposes: [['employment-check', 'To check your degree']],
      reference: 'HR-118',
      validDays: 60,
      ...{ dataset: 'degree-certificate', exporter: 'cn', holder: 'baiyunwan-university' },
      items: ['graduate', 'degrees'],
      optional: ['courses'],
    },
    {
      id: 'job-carried',
      title: 'A post with us, with the certificate that you bring',
      why: 'You studied in Guangzhou. Bring us your degree certificate from Baiyunwan University yourself.',
      button: 'I bring my certificate',
      purposes: [['employment-check', 'To check your degree']],
      reference: 'HR-119',
      validDays: 60,
      mode: 'verify',
      ...{ dataset: 'degree-certificate', exporter: 'cn', holder: 'baiyunwan-university' },
      items: ['graduate', 'degrees'],
      optional: [],
    },
    {
      id: 'company-registration',
      title: 'An account for your company: its registration',
      why: 'Your company is registered in Zhuhai. We would like to see its entry at the Zhuhai Company Registry.',
      button: 'Ask for my company’s registration',
      purposes: [['account-opening', 'To open the account']],
      reference: 'CO-2016',
      validDays: 60,
      ...{ dataset: 'business-registration', exporter: 'cn', holder: 'zhuhai-registry' },
      items: ['registration', 'business-scope', 'officers'],
      optional: ['changes'],
    },
    {
      id: 'company-credit',
      title: 'An account for your company: its credit report',
      why: 'Pengwan Credit Information keeps an enterprise credit report about your company. We would like to see it.',
      button: 'Ask for my company’s credit report',
      purposes: [['account-opening', 'To open the account']],
      reference: 'CO-2017',
      validDays: 60,
      ...{ dataset: 'enterprise-credit-report', exporter: 'cn', holder: 'pengwan-credit' },
      items: ['enterprise', 'accounts', 'repayment-history', 'defaults'],
      optional: ['guarantees', 'public-records'],
    },
  ],
};

const QIANWAN: BankFace = {
  name: 'Qianwan Bank',
  nameZh: '前湾银行',
  colour: '#6b2737',
  products: [
    {
      id: 'account-hongkong',
      title: 'An account, with your bank in Hong Kong',
      why: 'You bank with Tsing Wan Bank in Hong Kong. We would like to see your statement there.',
      button: 'Ask for my Hong Kong statement',
      purposes: [['account-opening', 'To open the account']],
      reference: 'KH-5001',
      validDays: 60,
      ...{ ...STATEMENT, exporter: 'hk', holder: 'tsing-wan-bank' },
      optional: [],
    },
    {
      id: 'mortgage-macao',
      title: 'A mortgage, with your income in Macao',
      why: 'You work in Macao. We would like to see the income certificate of the Praia Revenue Office.',
      button: 'Ask for my income certificate',
      purposes: [['credit-underwriting', 'To decide on the mortgage']],
      reference: 'FD-9920',
      validDays: 150,
      ...{ dataset: 'income-certificate', exporter: 'mo', holder: 'praia-revenue' },
      items: ['taxpayer', 'income-by-year', 'tax-by-year'],
      optional: [],
    },
    {
      id: 'card-macao',
      title: 'A card, with the range of your income in Macao',
      why: 'You work in Macao. We need only the range of your income from the Praia Revenue Office.',
      button: 'Ask for the range of my income',
      purposes: [['credit-underwriting', 'To decide on the card']],
      reference: 'XK-0418',
      validDays: 60,
      mode: 'answer',
      ...{ dataset: 'income-certificate', exporter: 'mo', holder: 'praia-revenue' },
      items: ['income-range'],
      optional: [],
    },
    {
      id: 'account-carried',
      title: 'An account, with the statement that you bring',
      why: 'You bank with Tsing Wan Bank in Hong Kong. Bring us your statement yourself.',
      button: 'I bring my statement',
      purposes: [['account-opening', 'To open the account']],
      reference: 'KH-5002',
      validDays: 60,
      mode: 'verify',
      ...{ ...STATEMENT, exporter: 'hk', holder: 'tsing-wan-bank' },
      optional: [],
    },
    {
      id: 'mortgage-carried',
      title: 'A mortgage, with the certificate that you bring',
      why: 'You work in Macao. Bring us your income certificate from the Praia Revenue Office yourself.',
      button: 'I bring my certificate',
      purposes: [['credit-underwriting', 'To decide on the mortgage']],
      reference: 'FD-9921',
      validDays: 60,
      mode: 'verify',
      ...{ dataset: 'income-certificate', exporter: 'mo', holder: 'praia-revenue' },
      items: ['taxpayer', 'income-by-year', 'tax-by-year'],
      optional: [],
    },
  ],
};

/** The banks of the sandbox by participant id. */
export const BANKS: Readonly<Record<string, BankFace>> = {
  'tsing-wan-bank': TSING_WAN,
  'lotus-bank': LOTUS,
  'qianwan-bank': QIANWAN,
};

/** @throws Error for a participant that is no bank of the sandbox */
export function bankFace(participant: string): BankFace {
  const face = BANKS[participant];
  if (!face) throw new Error(`there is no bank \`${participant}\` in the sandbox`);
  return face;
}
