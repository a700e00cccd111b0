import type { Jurisdiction } from '@bayway/domain';

const text = (zhHant: string, zhHans: string, words: { pt: string; en: string }) => ({
  'zh-Hant': zhHant,
  'zh-Hans': zhHans,
  ...words,
});

const PROTECTION_OFFICER = text('個人資料保護主任', '个人信息保护负责人', {
  pt: 'Encarregado da protecção de dados',
  en: 'Data protection officer',
});

const PRIVACY_COMMISSIONER = text('香港個人資料私隱專員公署', '香港个人资料私隐专员公署', {
  pt: 'Comissário para a Protecção da Privacidade dos Dados Pessoais de Hong Kong',
  en: 'Office of the Privacy Commissioner for Personal Data, Hong Kong',
});
const CENTRAL_BANK_SHENZHEN = text('中國人民銀行深圳市分行', '中国人民银行深圳市分行', {
  pt: 'Banco Popular da China, sucursal de Shenzhen',
  en: 'People’s Bank of China, Shenzhen branch',
});

const item = (id: string, category: string, name: ReturnType<typeof text>) => ({ id, category, name });

/** What a credit report consists of, as the Shenzhen agency offers it. */
const CREDIT_REPORT_ITEMS = [
  item(
    'subject-name',
    'contact-details',
    text('姓名及出生年份', '姓名和出生年份', { pt: 'Nome e ano de nascimento', en: 'Name and year of birth' }),
  ),
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
  item('defaults', 'credit-report', text('逾期紀錄', '逾期记录', { pt: 'Incumprimentos', en: 'Late payments' })),
  item(
    'guarantees',
    'credit-report',
    text('為他人作出的擔保', '为他人提供的担保', {
      pt: 'Garantias dadas a terceiros',
      en: 'Guarantees given for others',
    }),
  ),
  item(
    'enquiries',
    'credit-report',
    text('誰查閱過我的信貸報告', '谁查询过我的信用报告', {
      pt: 'Quem consultou o relatório',
      en: 'Who looked at my credit report',
    }),
  ),
  item(
    'public-records',
    'credit-report',
    text('法院及公共紀錄', '法院和公共记录', { pt: 'Registos judiciais e públicos', en: 'Court and public records' }),
  ),
];

const TSING_WAN_BANK = {
  id: 'tsing-wan-bank',
  name: text('青灣銀行', '青湾银行', { pt: 'Banco Tsing Wan', en: 'Tsing Wan Bank' }),
  place: 'HK',
  kind: 'bank',
  sector: 'banking',
  contact: { role: PROTECTION_OFFICER, email: 'privacy@tsingwan.example' },
  authority: PRIVACY_COMMISSIONER,
};

/** A bank that has no contract on file with the agency: what it asks for cannot be sent. */
const LEK_YUEN_FINANCE = {
  id: 'lek-yuen-finance',
  name: text('瀝源財務', '沥源财务', { pt: 'Lek Yuen Finance', en: 'Lek Yuen Finance' }),
  place: 'HK',
  kind: 'company',
  sector: 'other',
  contact: { role: PROTECTION_OFFICER, email: 'privacy@lekyuen.example' },
  authority: PRIVACY_COMMISSIONER,
};

const PENGWAN_CREDIT = {
  id: 'pengwan-credit',
  name: text('鵬灣徵信', '鹏湾征信', { pt: 'Pengwan Credit Information', en: 'Pengwan Credit Information' }),
  place: 'CN-440300',
  kind: 'credit-agency',
  sector: 'credit-referencing',
  ciio: false,
  contact: { role: PROTECTION_OFFICER, email: 'privacy@pengwan.example' },
  authority: CENTRAL_BANK_SHENZHEN,
};

/** One contract and one assessment, on the same days whenever the system is started: filed within ten working days. */
const FILED = { assessedOn: '2025-08-04', effectiveOn: '2025-09-01', filedOn: '2025-09-05' } as const;

/**
 * The participants of a local run, one file per jurisdiction.
 * @param bank where the bank is; it is told of withdrawals there
 */
export const participantsOf = (jurisdiction: Jurisdiction, bank: string): object => {
  const hongKong = [{ ...TSING_WAN_BANK, webhook: `${bank}/webhooks` }, LEK_YUEN_FINANCE];
  if (jurisdiction === 'hk') return { parties: hongKong, datasets: [] };
  if (jurisdiction === 'mo') return { parties: [], datasets: [] };
  return {
    parties: [PENGWAN_CREDIT],
    datasets: [
      {
        holder: PENGWAN_CREDIT.id,
        id: 'credit-report',
        name: text('信貸報告', '信用报告', { pt: 'Relatório de crédito', en: 'Credit report' }),
        level: 3,
        modes: ['transfer'],
        collectedFor: 'credit-underwriting',
        items: CREDIT_REPORT_ITEMS,
      },
    ],
    instruments: [
      {
        holder: PENGWAN_CREDIT.id,
        importer: 'hk',
        recipient: TSING_WAN_BANK.id,
        kind: 'gba-sc-hk',
        effectiveOn: FILED.effectiveOn,
        filedOn: FILED.filedOn,
        filedWith: 'guangdong-cac',
        scope: { datasets: ['credit-report'], purposes: ['credit-underwriting', 'account-review'] },
      },
    ],
    impactAssessments: [
      {
        holder: PENGWAN_CREDIT.id,
        importer: 'hk',
        recipient: TSING_WAN_BANK.id,
        dataset: 'credit-report',
        doneOn: FILED.assessedOn,
      },
    ],
  };
};
