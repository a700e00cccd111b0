import { pack, type Pack } from './pack.js';

/** JR/T 0171-2020, protection of personal financial information (recommended standard). */
export const FINANCIAL_STANDARD: readonly Pack[] = [
  pack(
    {
      instrument: {
        en: 'JR/T 0171-2020, protection of personal financial information (recommended standard)',
        'zh-Hant': 'JR/T 0171-2020《個人金融信息保護技術規範》（推薦性標準）',
        'zh-Hans': 'JR/T 0171-2020《个人金融信息保护技术规范》（推荐性标准）',
        pt: 'JR/T 0171-2020, protecção de informações financeiras pessoais (norma recomendada)',
      },
      effectiveFrom: '2020-02-13',
      status: 'in-force-standard',
      verification: '2',
      systems: ['cn'],
      direction: 'any',
    },
    {
      'CN.JRT0171.C3': {
        article: 'class C3',
        text: {
          en: 'Passwords and other authentication secrets are not shared or transferred.',
          'zh-Hant': '密碼等鑑別資料不得共享或轉讓。',
          'zh-Hans': '密码等用户鉴别信息不应共享、转让。',
          pt: 'As palavras-passe e outros segredos de autenticação não se partilham nem transferem.',
        },
      },
    },
  ),
];
