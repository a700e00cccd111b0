import { pack, type Pack } from './pack.js';

/** Personal Information Protection Law of the People’s Republic of China, articles 36 to 42: providing outside the Mainland. */
export const PERSONAL_INFORMATION_EXPORT: readonly Pack[] = [
  pack(
    {
      instrument: {
        en: 'Personal Information Protection Law of the People’s Republic of China',
        'zh-Hant': '《中華人民共和國個人信息保護法》',
        'zh-Hans': '《中华人民共和国个人信息保护法》',
        pt: 'Lei da Protecção de Informações Pessoais da República Popular da China',
      },
      effectiveFrom: '2021-11-01',
      status: 'in-force',
      verification: 'V',
      systems: ['cn'],
      direction: 'outbound',
    },
    {
      'CN.PIPL.36': {
        article: 'art 36',
        text: {
          en: 'State organs keep personal data in the Mainland; they go outside only after a security assessment.',
          'zh-Hant': '國家機關的個人資料存於內地；須先通過安全評估才可送到內地以外。',
          'zh-Hans': '国家机关处理的个人信息应当在境内存储；确需向境外提供的，应当进行安全评估。',
          pt: 'Os órgãos do Estado guardam os dados no Interior da China; só saem após avaliação de segurança.',
        },
      },
      'CN.PIPL.37': {
        article: 'art 37',
        text: {
          en: 'Bodies with statutory powers over public affairs follow the rules for state organs.',
          'zh-Hant': '獲授權管理公共事務的組織，依照國家機關的規定。',
          'zh-Hans': '法律、法规授权的具有管理公共事务职能的组织，适用关于国家机关的规定。',
          pt: 'As entidades com poderes legais sobre assuntos públicos seguem as regras dos órgãos do Estado.',
        },
      },
      'CN.PIPL.38': {
        article: 'art 38',
        text: {
          en: 'An export rests on a security assessment, a certification, a standard contract or another condition set by law.',
          'zh-Hant': '送到內地以外，須有安全評估、認證、標準合同或法定的其他條件。',
          'zh-Hans': '向境外提供个人信息，应当具备安全评估、保护认证、标准合同或者法定的其他条件之一。',
          pt: 'A saída de dados assenta em avaliação de segurança, certificação, contrato-padrão ou outra condição legal.',
        },
      },
      'CN.PIPL.39': {
        article: 'art 39',
        text: {
          en: 'For an export the person is told recipient, contact, purpose, method, kinds of data and how to use her rights, and consents separately.',
          'zh-Hant': '送到內地以外，須告知接收方、聯絡方法、目的、方式、資料種類及行使權利的途徑，並取得單獨同意。',
          'zh-Hans': '向境外提供的，应当告知接收方、联系方式、目的、方式、信息种类以及行使权利的途径，并取得单独同意。',
          pt: 'Na saída de dados informa-se do destinatário, contacto, finalidade, método, tipos de dados e vias de exercício dos direitos, e consente-se em separado.',
        },
      },
      'CN.PIPL.40': {
        article: 'art 40',
        text: {
          en: 'Operators of critical infrastructure and handlers above the set volume export only after a security assessment.',
          'zh-Hant': '關鍵信息基礎設施營運者及達到規定數量的處理者，須先通過安全評估。',
          'zh-Hans': '关键信息基础设施运营者和达到规定数量的处理者，向境外提供应当通过安全评估。',
          pt: 'Os operadores de infra-estruturas críticas e quem excede o volume fixado só exportam após avaliação de segurança.',
        },
      },
      'CN.PIPL.41': {
        article: 'art 41',
        text: {
          en: 'Data stored in the Mainland go to a foreign court or enforcement body only with the approval of the competent authority.',
          'zh-Hant': '未經主管機關批准，不得向外國司法或執法機構提供存於內地的個人資料。',
          'zh-Hans': '未经主管机关批准，不得向外国司法或者执法机构提供存储于境内的个人信息。',
          pt: 'Os dados guardados no Interior da China só vão para um tribunal ou autoridade estrangeira com aprovação da entidade competente.',
        },
      },
      'CN.PIPL.42': {
        article: 'art 42',
        text: {
          en: 'No data go to a recipient on the list of restricted or prohibited recipients.',
          'zh-Hant': '列入限制或不得提供清單的接收方，不可獲提供資料。',
          'zh-Hans': '对列入限制或者禁止提供清单的接收方，不得提供个人信息。',
          pt: 'Não se fornecem dados a destinatários constantes da lista de restrição ou proibição.',
        },
      },
    },
  ),
];
