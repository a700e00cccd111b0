import { pack, type Pack } from './pack.js';

/** Regulations on Network Data Security Management. */
export const NETWORK_DATA_REGULATIONS: readonly Pack[] = [
  pack(
    {
      instrument: {
        en: 'Regulations on Network Data Security Management',
        'zh-Hant': '《網絡數據安全管理條例》',
        'zh-Hans': '《网络数据安全管理条例》',
        pt: 'Regulamento da gestão da segurança dos dados em rede',
      },
      effectiveFrom: '2025-01-01',
      status: 'in-force',
      verification: 'V',
      systems: ['cn'],
      direction: 'outbound',
    },
    {
      'CN.NDSMR.12': {
        article: 'art 12',
        direction: 'any',
        text: {
          en: 'Giving personal data to another handler needs a contract, supervision, and records kept for at least three years.',
          'zh-Hant': '向另一處理者提供個人資料，須訂合同、作監督，紀錄至少保存三年。',
          'zh-Hans': '向其他处理者提供个人信息，应当订立合同、进行监督，处理情况记录至少保存三年。',
          pt: 'Fornecer dados a outro responsável exige contrato, supervisão e registos guardados pelo menos três anos.',
        },
      },
      'CN.NDSMR.22': {
        article: 'art 22',
        direction: 'any',
        text: {
          en: 'Consent covers only what is needed, is not bundled, is separate for sensitive data, and is not exceeded in purpose, method, kind or term.',
          'zh-Hant': '同意限於必需、不得捆綁；敏感資料須單獨同意；不得超出目的、方式、種類和期限。',
          'zh-Hans': '同意限于必要范围、不得捆绑；敏感信息应当取得单独同意；不得超出目的、方式、种类、期限。',
          pt: 'O consentimento limita-se ao necessário, não se agrega, é separado para dados sensíveis e não se excede em finalidade, método, tipo ou prazo.',
        },
      },
      'CN.NDSMR.35': {
        article: 'art 35',
        text: {
          en: 'The conditions of an export are listed; a statutory duty joins contract, staff matters and emergency.',
          'zh-Hant': '列出出境條件；法定責任與合同、人力資源和緊急情況並列。',
          'zh-Hans': '列明出境条件；法定义务与合同、人力资源、紧急情况并列。',
          pt: 'Enumera as condições de saída; o dever legal junta-se ao contrato, ao pessoal e à urgência.',
        },
      },
      'CN.NDSMR.37': {
        article: 'art 37',
        text: {
          en: 'Important data leave only after a security assessment.',
          'zh-Hant': '重要數據須先通過安全評估才可送出。',
          'zh-Hans': '重要数据出境应当通过安全评估。',
          pt: 'Os dados importantes só saem após avaliação de segurança.',
        },
      },
      'CN.NDSMR.38': {
        article: 'art 38',
        text: {
          en: 'After an assessment the export keeps to the assessed purpose, scope and volume.',
          'zh-Hant': '通過評估後，不得超出評估時的目的、範圍和規模。',
          'zh-Hans': '通过评估后，不得超出评估时明确的目的、方式、范围和种类、规模。',
          pt: 'Após a avaliação, a saída respeita a finalidade, o âmbito e o volume avaliados.',
        },
      },
    },
  ),
];
