import { pack, type Pack } from './pack.js';

/** Code of Practice on the Identity Card Number and other Personal Identifiers; Code of Practice on Consumer Credit Data; Recommended Model Contractual Clauses for Cross-border Transfer of Personal Data; Multiple Credit Reference Agencies Model. */
export const HONG_KONG_CODES: readonly Pack[] = [
  pack(
    {
      instrument: {
        en: 'Code of Practice on the Identity Card Number and other Personal Identifiers',
        'zh-Hant': '《身份證號碼及其他身份代號實務守則》',
        'zh-Hans': '《身份证号码及其他身份代号实务守则》',
        pt: 'Código de prática sobre o número do bilhete de identidade',
      },
      effectiveFrom: '1997-12-19',
      status: 'in-force-code',
      verification: 'S',
      systems: ['hk'],
      direction: 'any',
    },
    {
      'HK.IDC.3.2': {
        article: 'para 3.2',
        text: {
          en: 'Copies of identity cards are collected only in listed cases.',
          'zh-Hant': '只在列明的情況下收集身份證副本。',
          'zh-Hans': '只在列明的情况下收集身份证副本。',
          pt: 'Só se recolhem cópias do bilhete de identidade nos casos previstos.',
        },
      },
    },
  ),
  pack(
    {
      instrument: {
        en: 'Code of Practice on Consumer Credit Data',
        'zh-Hant': '《個人信貸資料實務守則》',
        'zh-Hans': '《个人信贷资料实务守则》',
        pt: 'Código de prática sobre dados de crédito ao consumo',
      },
      effectiveFrom: '2003-06-02',
      status: 'in-force-code',
      verification: 'S',
      systems: ['hk'],
      direction: 'any',
    },
    {
      'HK.CCD.3.3': {
        article: 'para 3.3',
        text: {
          en: 'Data on a material default are kept for five years from settlement or from discharge of bankruptcy, whichever is earlier.',
          'zh-Hant': '重要欠帳資料保存五年，由全數清還或破產解除起計，以較早者為準。',
          'zh-Hans': '重要欠账资料保存五年，由全数清还或者破产解除起计，以较早者为准。',
          pt: 'Os dados de incumprimento grave guardam-se cinco anos desde a liquidação ou o fim da insolvência, o que for primeiro.',
        },
      },
    },
  ),
  pack(
    {
      instrument: {
        en: 'Recommended Model Contractual Clauses for Cross-border Transfer of Personal Data',
        'zh-Hant': '《跨境資料轉移建議合約條文範本》',
        'zh-Hans': '《跨境资料转移建议合约条文范本》',
        pt: 'Cláusulas contratuais recomendadas para a transferência transfronteiriça',
      },
      effectiveFrom: '2022-05-12',
      status: 'guidance',
      verification: 'S',
      systems: ['hk'],
      direction: 'outbound',
    },
    {
      'HK.RMC': {
        article: 'sets 1-2',
        text: {
          en: 'Recommended clauses for transfers out of Hong Kong; good practice, not a condition.',
          'zh-Hant': '轉移資料至香港以外的建議合約條文；屬良好行事方式，並非條件。',
          'zh-Hans': '向香港以外转移资料的建议合约条文；属良好做法，并非条件。',
          pt: 'Cláusulas recomendadas para transferir para fora de Hong Kong; boa prática, não condição.',
        },
      },
    },
  ),
  pack(
    {
      instrument: {
        en: 'Multiple Credit Reference Agencies Model',
        'zh-Hant': '多家個人信貸資料服務機構模式',
        'zh-Hans': '多家个人信贷资料服务机构模式',
        pt: 'Modelo de várias agências de crédito',
      },
      effectiveFrom: '2022-11-28',
      status: 'in-force-scheme',
      verification: 'S',
      systems: ['hk'],
      direction: 'outbound',
    },
    {
      'HK.MCRA': {
        article: 'industry rule',
        text: {
          en: 'Selected credit reference agencies keep consumer credit data in Hong Kong; one report in twelve months is free.',
          'zh-Hant': '選定信貸資料服務機構的個人信貸資料留在香港；十二個月內一份報告免費。',
          'zh-Hans': '选定信贷资料服务机构的个人信贷资料留在香港；十二个月内一份报告免费。',
          pt: 'As agências de crédito seleccionadas mantêm os dados em Hong Kong; um relatório em doze meses é gratuito.',
        },
      },
    },
  ),
];
