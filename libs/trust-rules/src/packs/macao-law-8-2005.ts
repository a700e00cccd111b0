import { pack, type Pack } from './pack.js';

/** Law No. 8/2005, Personal Data Protection Act; Credit Data Platform of Macao (guideline of the Monetary Authority). */
export const MACAO_LAW_8_2005: readonly Pack[] = [
  pack(
    {
      instrument: {
        en: 'Law No. 8/2005, Personal Data Protection Act',
        'zh-Hant': '第8/2005號法律《個人資料保護法》',
        'zh-Hans': '第8/2005号法律《个人资料保护法》',
        pt: 'Lei n.º 8/2005, Lei da Protecção de Dados Pessoais',
      },
      effectiveFrom: '2006-02-18',
      status: 'in-force',
      verification: 'S',
      systems: ['mo'],
      direction: 'any',
    },
    {
      'MO.5': {
        article: 'art 5',
        verification: 'GK',
        text: {
          en: 'Data are adequate, tied to the purpose, accurate and limited in time.',
          'zh-Hant': '資料須適當、切合目的、準確並有時限。',
          'zh-Hans': '资料须适当、切合目的、准确并有时限。',
          pt: 'Os dados são adequados, ligados à finalidade, exactos e limitados no tempo.',
        },
      },
      'MO.6': {
        article: 'art 6',
        text: {
          en: 'Processing needs a basis: unambiguous consent, contract, legal duty, vital interest, public task or legitimate interest.',
          'zh-Hant': '處理須有依據：明確同意、合同、法定義務、重大利益、公共任務或正當利益。',
          'zh-Hans': '处理须有依据：明确同意、合同、法定义务、重大利益、公共任务或者正当利益。',
          pt: 'O tratamento exige fundamento: consentimento inequívoco, contrato, dever legal, interesse vital, missão pública ou interesse legítimo.',
        },
      },
      'MO.7': {
        article: 'art 7',
        text: {
          en: 'Sensitive data need explicit consent, a legal provision, a vital interest or an authorisation.',
          'zh-Hant': '敏感資料須有明示同意、法律規定、重大利益或許可。',
          'zh-Hans': '敏感资料须有明示同意、法律规定、重大利益或者许可。',
          pt: 'Os dados sensíveis exigem consentimento expresso, disposição legal, interesse vital ou autorização.',
        },
      },
      'MO.8': {
        article: 'art 8',
        verification: 'GK',
        text: {
          en: 'Data on offences and convictions are for competent bodies, or on specific conditions.',
          'zh-Hant': '涉及不法行為和刑事判決的資料，只限有權限實體或按特定條件處理。',
          'zh-Hans': '涉及违法行为和刑事判决的资料，仅限有权限实体或者按特定条件处理。',
          pt: 'Os dados sobre infracções e condenações cabem às entidades competentes ou a condições específicas.',
        },
      },
      'MO.9': {
        article: 'art 9',
        text: {
          en: 'Combining data that no law provides for needs an authorisation.',
          'zh-Hant': '法律未有規定的資料互聯，須經許可。',
          'zh-Hans': '法律没有规定的资料互联，须经许可。',
          pt: 'A interconexão de dados não prevista na lei exige autorização.',
        },
      },
      'MO.10': {
        article: 'art 10',
        text: {
          en: 'The person is informed when data are collected.',
          'zh-Hant': '收集資料時須告知當事人。',
          'zh-Hans': '收集资料时须告知当事人。',
          pt: 'A pessoa é informada quando se recolhem os dados.',
        },
      },
      'MO.11': {
        article: 'art 11',
        verification: 'GK',
        text: {
          en: 'A person may have access, correction and erasure without excessive delay.',
          'zh-Hant': '當事人可查閱、更正和刪除資料，不得過度延誤。',
          'zh-Hans': '当事人可以查阅、更正和删除资料，不得过度延误。',
          pt: 'A pessoa tem direito de acesso, rectificação e apagamento sem demora excessiva.',
        },
      },
      'MO.19': {
        article: 'art 19',
        verification: '2',
        direction: 'outbound',
        text: {
          en: 'Data leave Macao only for a place with adequate protection; no place has been declared so.',
          'zh-Hant': '資料只可轉移至有適當保護的地方；至今沒有地方獲如此宣告。',
          'zh-Hans': '资料只可转移至有适当保护的地方；至今没有地方获此认定。',
          pt: 'Os dados só saem de Macau para locais com protecção adequada; nenhum foi ainda declarado como tal.',
        },
      },
      'MO.20.1': {
        article: 'art 20(1)',
        direction: 'outbound',
        text: {
          en: 'Without adequacy, data leave with explicit consent, a contract, a public interest or claim, a vital interest or a public register, after notifying the authority.',
          'zh-Hant': '如無適當保護，須有明示同意、合同、公共利益、重大利益或公共登記之一，並先通知當局。',
          'zh-Hans': '如无适当保护，须有明示同意、合同、公共利益、重大利益或者公共登记之一，并先通知当局。',
          pt: 'Sem nível adequado, os dados saem com consentimento expresso, contrato, interesse público, interesse vital ou registo público, após notificar a autoridade.',
        },
      },
      'MO.20.2': {
        article: 'art 20(2)',
        verification: 'GK',
        direction: 'outbound',
        text: {
          en: 'The authority may authorise a transfer on adequate safeguards.',
          'zh-Hant': '當局可因應適當保障措施許可轉移。',
          'zh-Hans': '当局可以根据适当保障措施许可转移。',
          pt: 'A autoridade pode autorizar a transferência com garantias adequadas.',
        },
      },
      'MO.21.1': {
        article: 'art 21(1)',
        text: {
          en: 'Automated processing is notified within eight days of its start.',
          'zh-Hant': '自動化處理開始後八日內通知當局。',
          'zh-Hans': '自动化处理开始后八日内通知当局。',
          pt: 'O tratamento automatizado notifica-se em oito dias após o início.',
        },
      },
      'MO.22': {
        article: 'art 22',
        text: {
          en: 'Credit and solvency data, combination and new purposes need prior authorisation where no other condition is met.',
          'zh-Hant': '信用及償付能力資料、互聯和新用途，如不符其他條件，須先經許可。',
          'zh-Hans': '信用和偿付能力资料、互联和新用途，如不符合其他条件，须先经许可。',
          pt: 'Os dados de crédito e solvabilidade, a interconexão e novas finalidades exigem autorização prévia na falta de outra condição.',
        },
      },
    },
  ),
  pack(
    {
      instrument: {
        en: 'Credit Data Platform of Macao (guideline of the Monetary Authority)',
        'zh-Hant': '澳門信貸資料平台（金融管理局指引）',
        'zh-Hans': '澳门信贷资料平台（金融管理局指引）',
        pt: 'Plataforma de dados de crédito de Macau (directriz da AMCM)',
      },
      effectiveFrom: '2022-11-01',
      status: 'operating',
      verification: 'S',
      systems: ['mo'],
      direction: 'any',
    },
    {
      'MO.CDP': {
        article: 'scheme',
        text: {
          en: 'Reports of the credit data platform are for institutions only; people cannot obtain their own reports there.',
          'zh-Hant': '信貸資料平台的報告只供機構查閱；個人不能在該平台取得自己的報告。',
          'zh-Hans': '信贷资料平台的报告仅供机构查阅；个人不能在该平台取得自己的报告。',
          pt: 'Os relatórios da plataforma são só para instituições; a pessoa não obtém aí o seu relatório.',
        },
      },
    },
  ),
];
