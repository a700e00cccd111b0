import { pack, type Pack } from './pack.js';

/** Regulation on the Administration of the Credit Reporting Industry. */
export const CREDIT_REPORTING_REGULATION: readonly Pack[] = [
  pack(
    {
      instrument: {
        en: 'Regulation on the Administration of the Credit Reporting Industry',
        'zh-Hant': '《徵信業管理條例》',
        'zh-Hans': '《征信业管理条例》',
        pt: 'Regulamento da administração do sector de informações de crédito',
      },
      effectiveFrom: '2013-03-15',
      status: 'in-force',
      verification: 'V',
      systems: ['cn'],
      direction: 'any',
    },
    {
      'CN.CRIR.14': {
        article: 'art 14',
        text: {
          en: 'Credit agencies never collect religion, genes, fingerprints, blood type or disease history.',
          'zh-Hant': '徵信機構不得收集宗教、基因、指紋、血型和病史。',
          'zh-Hans': '征信机构不得采集宗教信仰、基因、指纹、血型、疾病和病史信息。',
          pt: 'As agências de crédito nunca recolhem religião, genes, impressões digitais, grupo sanguíneo ou doenças.',
        },
      },
      'CN.CRIR.16': {
        article: 'art 16',
        text: {
          en: 'Negative entries are kept for five years from the end of the conduct and then deleted.',
          'zh-Hant': '不良信息自行為終止起保存五年，其後刪除。',
          'zh-Hans': '不良信息自不良行为或者事件终止之日起保存五年，超过五年的予以删除。',
          pt: 'Os registos negativos conservam-se cinco anos desde o fim do facto e depois apagam-se.',
        },
      },
      'CN.CRIR.17': {
        article: 'art 17',
        text: {
          en: 'A person may query the own credit data; two reports a year are free.',
          'zh-Hant': '個人可查詢自己的信用資料，每年兩次免費。',
          'zh-Hans': '个人可以查询自身信用信息，每年有权两次免费获取信用报告。',
          pt: 'A pessoa pode consultar os seus dados de crédito; dois relatórios por ano são gratuitos.',
        },
      },
      'CN.CRIR.18': {
        article: 'art 18',
        text: {
          en: 'Querying a person at a credit agency needs written consent and an agreed purpose.',
          'zh-Hant': '向徵信機構查詢個人資料，須有本人書面同意並約定用途。',
          'zh-Hans': '向征信机构查询个人信息的，应当取得本人书面同意并约定用途。',
          pt: 'Consultar uma pessoa numa agência de crédito exige consentimento escrito e finalidade acordada.',
        },
      },
      'CN.CRIR.20': {
        article: 'art 20',
        text: {
          en: 'The user keeps to the agreed purpose and passes nothing on without the consent of the person.',
          'zh-Hant': '使用者須按約定用途使用，未經本人同意不得提供予第三方。',
          'zh-Hans': '信息使用者应当按照约定用途使用，未经本人同意不得向第三方提供。',
          pt: 'O utilizador respeita a finalidade acordada e nada passa a terceiros sem consentimento da pessoa.',
        },
      },
      'CN.CRIR.24': {
        article: 'art 24',
        direction: 'outbound',
        text: {
          en: 'Credit data are stored and processed in the Mainland; giving them outside follows the law and the rules of the central bank.',
          'zh-Hant': '信用資料在內地整理、保存和加工；送到內地以外須守法律及人民銀行規定。',
          'zh-Hans': '征信信息的整理、保存和加工应当在境内进行；向境外提供应当遵守法律和人民银行规定。',
          pt: 'Os dados de crédito guardam-se e tratam-se no Interior da China; fornecê-los para fora segue a lei e as regras do banco central.',
        },
      },
      'CN.CRIR.25': {
        article: 'art 25',
        text: {
          en: 'A dispute of credit data is marked, checked and answered in writing within twenty days.',
          'zh-Hant': '信用異議須作標註、核查，並於二十日內書面答覆。',
          'zh-Hans': '征信异议应当予以标注、核查，并在二十日内书面答复。',
          pt: 'A contestação de dados de crédito é assinalada, verificada e respondida por escrito em vinte dias.',
        },
      },
    },
  ),
];
