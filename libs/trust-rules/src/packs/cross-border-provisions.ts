import { pack, type Pack } from './pack.js';

/** Provisions on Promoting and Regulating Cross-border Data Flows (CAC Order 16). */
export const CROSS_BORDER_PROVISIONS: readonly Pack[] = [
  pack(
    {
      instrument: {
        en: 'Provisions on Promoting and Regulating Cross-border Data Flows (CAC Order 16)',
        'zh-Hant': '《促進和規範數據跨境流動規定》（網信辦令第16號）',
        'zh-Hans': '《促进和规范数据跨境流动规定》（网信办令第16号）',
        pt: 'Disposições sobre os fluxos transfronteiriços de dados (Ordem n.º 16 da CAC)',
      },
      effectiveFrom: '2024-03-22',
      status: 'in-force',
      verification: 'V',
      systems: ['cn'],
      direction: 'outbound',
    },
    {
      'CN.CBDF.2': {
        article: 'art 2',
        text: {
          en: 'Handlers identify and declare important data; what nobody has notified or published as important is not assessed as such.',
          'zh-Hant': '處理者須識別並申報重要數據；未獲告知或公布為重要數據的，不按重要數據評估。',
          'zh-Hans': '处理者应当识别、申报重要数据；未被告知或者公开发布为重要数据的，不需作为重要数据申报评估。',
          pt: 'Os responsáveis identificam e declaram dados importantes; o que não foi notificado ou publicado como tal não é avaliado como tal.',
        },
      },
      'CN.CBDF.3': {
        article: 'art 3',
        text: {
          en: 'Data of trade, transport, research, manufacturing and marketing without personal or important data need no mechanism.',
          'zh-Hant': '國際貿易、運輸、學術、生產和營銷數據，不含個人資料或重要數據的，無須出境機制。',
          'zh-Hans': '国际贸易、运输、学术、生产制造和市场营销中的数据，不含个人信息或者重要数据的，免予出境机制。',
          pt: 'Dados de comércio, transporte, investigação, produção e promoção, sem dados pessoais ou importantes, dispensam mecanismo.',
        },
      },
      'CN.CBDF.4': {
        article: 'art 4',
        text: {
          en: 'Data collected outside, processed in the Mainland and sent out again without Mainland data need no mechanism.',
          'zh-Hant': '在內地以外收集、於內地處理後再送出，沒有加入內地資料的，無須出境機制。',
          'zh-Hans': '境外收集、境内处理后向境外提供，未引入境内个人信息或者重要数据的，免予出境机制。',
          pt: 'Dados recolhidos fora, tratados no Interior da China e devolvidos sem dados do Interior dispensam mecanismo.',
        },
      },
      'CN.CBDF.5.1.1': {
        article: 'art 5(1)(1)',
        text: {
          en: 'No mechanism where truly necessary for a contract with the person, such as a payment, an account, a visa or a booking.',
          'zh-Hant': '為與本人訂立或履行合同（如付款、開戶、簽證、訂票）確屬必需，無須出境機制。',
          'zh-Hans': '为订立、履行个人作为一方的合同（如汇款、开户、签证、预订）确需提供的，免予出境机制。',
          pt: 'Dispensa mecanismo o que é mesmo necessário a um contrato com a pessoa: pagamento, conta, visto, reserva.',
        },
      },
      'CN.CBDF.5.1.2': {
        article: 'art 5(1)(2)',
        text: {
          en: 'No mechanism where truly necessary for staff matters across the boundary under lawful labour rules or a collective contract.',
          'zh-Hant': '按合法勞動規章或集體合同作跨境人力資源管理確屬必需，無須出境機制。',
          'zh-Hans': '依法制定的劳动规章制度或者集体合同实施跨境人力资源管理确需提供的，免予出境机制。',
          pt: 'Dispensa mecanismo o que é mesmo necessário à gestão transfronteiriça de pessoal ao abrigo de regras laborais ou contrato colectivo.',
        },
      },
      'CN.CBDF.5.1.3': {
        article: 'art 5(1)(3)',
        text: {
          en: 'No mechanism where truly necessary in an emergency to protect life, health or property.',
          'zh-Hant': '緊急情況下為保護生命、健康和財產確屬必需，無須出境機制。',
          'zh-Hans': '紧急情况下为保护生命健康和财产安全确需提供的，免予出境机制。',
          pt: 'Dispensa mecanismo o que é mesmo necessário numa urgência para proteger vida, saúde ou bens.',
        },
      },
      'CN.CBDF.5.1.4': {
        article: 'art 5(1)(4)',
        text: {
          en: 'No mechanism for an exporter without critical infrastructure, below 100,000 people since 1 January and without sensitive data.',
          'zh-Hant': '非關鍵信息基礎設施營運者，當年1月1日起不足十萬人且不含敏感資料，無須出境機制。',
          'zh-Hans': '非关键信息基础设施运营者，自当年1月1日起不满十万人且不含敏感信息的，免予出境机制。',
          pt: 'Dispensa mecanismo quem não opera infra-estruturas críticas, com menos de 100 000 pessoas desde 1 de Janeiro e sem dados sensíveis.',
        },
      },
      'CN.CBDF.6': {
        article: 'art 6',
        text: {
          en: 'Data off the negative list of a free trade zone need no mechanism, once such a list is in force.',
          'zh-Hant': '自貿區負面清單以外的數據無須出境機制，但清單須已實施。',
          'zh-Hans': '自贸区负面清单外的数据免予出境机制，以清单已实施为前提。',
          pt: 'Os dados fora da lista negativa de uma zona franca dispensam mecanismo, desde que a lista esteja em vigor.',
        },
      },
      'CN.CBDF.7': {
        article: 'art 7',
        text: {
          en: 'A security assessment is needed for critical infrastructure, important data, 1,000,000 people, or the sensitive data of 10,000 since 1 January.',
          'zh-Hant': '關鍵信息基礎設施、重要數據、一百萬人或一萬人敏感資料（當年1月1日起）須作安全評估。',
          'zh-Hans': '关键信息基础设施、重要数据、一百万人或者一万人敏感信息（自当年1月1日起）应当申报安全评估。',
          pt: 'Exige-se avaliação de segurança para infra-estruturas críticas, dados importantes, 1 000 000 de pessoas ou dados sensíveis de 10 000 desde 1 de Janeiro.',
        },
      },
      'CN.CBDF.8': {
        article: 'art 8',
        text: {
          en: 'A standard contract or a certification is needed from 100,000 to under 1,000,000 people, or for the sensitive data of 1 to under 10,000.',
          'zh-Hant': '十萬至不足一百萬人，或一至不足一萬人的敏感資料，須訂標準合同或取得認證。',
          'zh-Hans': '十万人以上不满一百万人，或者不满一万人敏感信息的，应当订立标准合同或者通过认证。',
          pt: 'Exige-se contrato-padrão ou certificação de 100 000 a menos de 1 000 000 de pessoas, ou para dados sensíveis de 1 a menos de 10 000.',
        },
      },
      'CN.CBDF.9': {
        article: 'art 9',
        text: {
          en: 'The result of a security assessment is valid for three years.',
          'zh-Hant': '安全評估結果有效期三年。',
          'zh-Hans': '安全评估结果有效期为三年。',
          pt: 'O resultado da avaliação de segurança vale três anos.',
        },
      },
      'CN.CBDF.10': {
        article: 'art 10',
        text: {
          en: 'An export without mechanism still owes notice, separate consent where consent is the basis, and an impact assessment.',
          'zh-Hant': '無須出境機制時，仍須告知、（以同意為依據時）單獨同意和影響評估。',
          'zh-Hans': '免予出境机制的，仍应当履行告知、（基于同意的）单独同意和影响评估义务。',
          pt: 'Mesmo sem mecanismo, mantêm-se a informação, o consentimento separado quando é a base, e a avaliação de impacto.',
        },
      },
    },
  ),
];
