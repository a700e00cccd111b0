import { pack, type Pack } from './pack.js';

/** Anti-Money Laundering Law (2024); Anti-Money Laundering Law (2006). */
export const ANTI_MONEY_LAUNDERING: readonly Pack[] = [
  pack(
    {
      instrument: {
        en: 'Anti-Money Laundering Law (2024)',
        'zh-Hant': '《反洗錢法》（2024年）',
        'zh-Hans': '《反洗钱法》（2024年）',
        pt: 'Lei contra o branqueamento de capitais (2024)',
      },
      effectiveFrom: '2025-01-01',
      status: 'in-force',
      verification: 'V',
      systems: ['cn'],
      direction: 'any',
    },
    {
      'CN.AML.34': {
        article: 'art 34',
        text: {
          en: 'Identity and transaction records of customers are kept for at least ten years after the relationship ends.',
          'zh-Hant': '客戶身份及交易紀錄，於業務關係結束後至少保存十年。',
          'zh-Hans': '客户身份资料和交易记录，在业务关系结束后应当至少保存十年。',
          pt: 'A identidade e as operações dos clientes conservam-se pelo menos dez anos após o fim da relação.',
        },
      },
      'CN.AML.50': {
        article: 'art 50',
        direction: 'outbound',
        text: {
          en: 'Financial institutions do not hand customer data directly to a foreign state.',
          'zh-Hant': '金融機構不得自行向外國提供客戶資料。',
          'zh-Hans': '金融机构不得擅自向外国提供客户信息。',
          pt: 'As instituições financeiras não entregam directamente dados de clientes a um Estado estrangeiro.',
        },
      },
    },
  ),
  pack(
    {
      instrument: {
        en: 'Anti-Money Laundering Law (2006)',
        'zh-Hant': '《反洗錢法》（2006年）',
        'zh-Hans': '《反洗钱法》（2006年）',
        pt: 'Lei contra o branqueamento de capitais (2006)',
      },
      effectiveFrom: '2007-01-01',
      effectiveTo: '2024-12-31',
      status: 'replaced',
      verification: 'GK',
      systems: ['cn'],
      direction: 'any',
    },
    {
      'CN.AML06.19': {
        article: 'art 19',
        supersededBy: 'CN.AML.34',
        text: {
          en: 'Identity and transaction records of customers were kept for at least five years, until the end of 2024.',
          'zh-Hant': '客戶身份及交易紀錄至少保存五年（適用至2024年底）。',
          'zh-Hans': '客户身份资料和交易记录应当至少保存五年（适用至2024年底）。',
          pt: 'A identidade e as operações dos clientes conservavam-se pelo menos cinco anos, até ao fim de 2024.',
        },
      },
    },
  ),
];
