import { pack, type Pack } from './pack.js';

/** Personal Data (Privacy) Ordinance (Cap. 486), Schedule 1; Personal Data (Privacy) Ordinance (Cap. 486); Personal Data (Privacy) Ordinance (Cap. 486), Part 6A. */
export const PRIVACY_ORDINANCE: readonly Pack[] = [
  pack(
    {
      instrument: {
        en: 'Personal Data (Privacy) Ordinance (Cap. 486), Schedule 1',
        'zh-Hant': '《個人資料（私隱）條例》（第486章）附表1',
        'zh-Hans': '《个人资料（私隐）条例》（第486章）附表1',
        pt: 'Portaria dos Dados Pessoais (Privacidade), Cap. 486, anexo 1',
      },
      effectiveFrom: '1996-12-20',
      status: 'in-force',
      verification: '2',
      systems: ['hk'],
      direction: 'any',
    },
    {
      'HK.DPP1': {
        article: 'DPP1',
        text: {
          en: 'Collection is necessary and fair; the person is told the purpose and the classes of recipients.',
          'zh-Hant': '收集須必需而公平；須告知本人目的及獲轉移資料者的類別。',
          'zh-Hans': '收集须必要且公平；须告知本人目的和受让人类别。',
          pt: 'A recolha é necessária e leal; informa-se a pessoa da finalidade e das classes de destinatários.',
        },
      },
      'HK.DPP2': {
        article: 'DPP2',
        text: {
          en: 'Data are accurate and kept no longer than needed; a processor is bound by contract.',
          'zh-Hant': '資料須準確，不得保存過久；以合約約束資料處理者。',
          'zh-Hans': '资料须准确，不得保存过久；以合约约束资料处理者。',
          pt: 'Os dados são exactos e não se guardam além do necessário; o subcontratante fica vinculado por contrato.',
        },
      },
      'HK.DPP3': {
        article: 'DPP3',
        text: {
          en: 'No new purpose without prescribed consent.',
          'zh-Hant': '未經訂明同意，不得用於新目的。',
          'zh-Hans': '未经订明同意，不得用于新目的。',
          pt: 'Nenhuma finalidade nova sem consentimento prescrito.',
        },
      },
      'HK.DPP4': {
        article: 'DPP4',
        text: {
          en: 'All practicable steps are taken for security; a processor is bound by contract.',
          'zh-Hant': '須採取一切切實可行的步驟保安；以合約約束資料處理者。',
          'zh-Hans': '须采取一切切实可行的步骤确保安全；以合约约束资料处理者。',
          pt: 'Tomam-se todas as medidas praticáveis de segurança; o subcontratante fica vinculado por contrato.',
        },
      },
    },
  ),
  pack(
    {
      instrument: {
        en: 'Personal Data (Privacy) Ordinance (Cap. 486)',
        'zh-Hant': '《個人資料（私隱）條例》（第486章）',
        'zh-Hans': '《个人资料（私隐）条例》（第486章）',
        pt: 'Portaria dos Dados Pessoais (Privacidade), Cap. 486',
      },
      effectiveFrom: '1996-12-20',
      status: 'in-force',
      verification: 'S',
      systems: ['hk'],
      direction: 'any',
    },
    {
      'HK.S2': {
        article: 's.2',
        verification: '2',
        text: {
          en: 'Prescribed consent is express and voluntary and ends only by written notice.',
          'zh-Hant': '訂明同意須明示、自願作出，只可以書面通知撤回。',
          'zh-Hans': '订明同意须明示、自愿作出，只能以书面通知撤回。',
          pt: 'O consentimento prescrito é expresso e voluntário e só termina por aviso escrito.',
        },
      },
      'HK.S18': {
        article: 's.18',
        text: {
          en: 'People may ask for access to their own data.',
          'zh-Hant': '個人可提出查閱資料要求。',
          'zh-Hans': '个人可以提出查阅资料要求。',
          pt: 'A pessoa pode pedir acesso aos seus dados.',
        },
      },
      'HK.S19': {
        article: 's.19',
        verification: 'V',
        text: {
          en: 'A request for access is met within forty days of receipt.',
          'zh-Hant': '收到查閱資料要求後四十日內依從。',
          'zh-Hans': '收到查阅资料要求后四十日内依从。',
          pt: 'O pedido de acesso cumpre-se em quarenta dias após a recepção.',
        },
      },
      'HK.S20': {
        article: 's.20',
        text: {
          en: 'Access is not given while it is not certain who asks.',
          'zh-Hant': '未能確定要求者身份時，不得提供查閱。',
          'zh-Hans': '未能确定要求者身份时，不得提供查阅。',
          pt: 'Não se dá acesso enquanto não for certa a identidade de quem pede.',
        },
      },
      'HK.S23': {
        article: 's.23',
        verification: 'V',
        text: {
          en: 'Wrong data are corrected within forty days; who received them in the last twelve months gets the correction.',
          'zh-Hant': '四十日內更正；過去十二個月曾獲披露的第三者須獲送更正文本。',
          'zh-Hans': '四十日内更正；过去十二个月内曾获披露的第三者须获送更正副本。',
          pt: 'Corrige-se em quarenta dias; quem recebeu os dados nos últimos doze meses recebe a rectificação.',
        },
      },
      'HK.S26': {
        article: 's.26',
        verification: 'V',
        text: {
          en: 'Data no longer needed are erased, unless a law says they must stay.',
          'zh-Hant': '不再需要的資料須刪除，除非法例不許刪除。',
          'zh-Hans': '不再需要的资料须删除，除非法律不许删除。',
          pt: 'Os dados já não necessários apagam-se, salvo se uma lei o impedir.',
        },
      },
      'HK.S28': {
        article: 's.28',
        text: {
          en: 'A fee for access may not be excessive.',
          'zh-Hant': '查閱資料的費用不得超乎適度。',
          'zh-Hans': '查阅资料的费用不得超乎适度。',
          pt: 'A taxa pelo acesso não pode ser excessiva.',
        },
      },
      'HK.S33': {
        article: 's.33',
        effectiveFrom: null,
        status: 'enacted-not-in-operation',
        direction: 'outbound',
        text: {
          en: 'A limit on transfers outside Hong Kong; enacted, not in operation.',
          'zh-Hant': '限制將資料轉移至香港以外；已制定但尚未實施。',
          'zh-Hans': '限制将资料转移至香港以外；已制定但尚未实施。',
          pt: 'Limite às transferências para fora de Hong Kong; aprovado mas não em vigor.',
        },
      },
      'HK.S63C': {
        article: 's.63C',
        effectiveFrom: '2012-10-01',
        verification: 'GK',
        text: {
          en: 'In an emergency the collection notice and the limits of use are lifted.',
          'zh-Hant': '緊急情況下，豁免收集通知和使用限制。',
          'zh-Hans': '紧急情况下，豁免收集通知和使用限制。',
          pt: 'Em caso de urgência dispensam-se o aviso de recolha e os limites de uso.',
        },
      },
    },
  ),
  pack(
    {
      instrument: {
        en: 'Personal Data (Privacy) Ordinance (Cap. 486), Part 6A',
        'zh-Hant': '《個人資料（私隱）條例》（第486章）第6A部',
        'zh-Hans': '《个人资料（私隐）条例》（第486章）第6A部',
        pt: 'Portaria dos Dados Pessoais (Privacidade), Cap. 486, parte 6A',
      },
      effectiveFrom: '2013-04-01',
      status: 'in-force',
      verification: '2',
      systems: ['hk'],
      direction: 'any',
    },
    {
      'HK.P6A.35J': {
        article: 's.35J',
        text: {
          en: 'Giving data to others for direct marketing needs written notice.',
          'zh-Hant': '將資料提供予他人作直接促銷，須書面告知。',
          'zh-Hans': '将资料提供给他人作直接促销，须书面告知。',
          pt: 'Fornecer dados a outrem para promoção directa exige aviso escrito.',
        },
      },
      'HK.P6A.35K': {
        article: 's.35K',
        text: {
          en: 'Giving data to others for direct marketing needs written consent.',
          'zh-Hant': '將資料提供予他人作直接促銷，須取得書面同意。',
          'zh-Hans': '将资料提供给他人作直接促销，须取得书面同意。',
          pt: 'Fornecer dados a outrem para promoção directa exige consentimento escrito.',
        },
      },
    },
  ),
];
