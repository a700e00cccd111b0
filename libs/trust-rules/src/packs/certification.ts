import { pack, type Pack } from './pack.js';

/** Implementation Rules for Personal Information Protection Certification (Announcement 2022 No. 37); Measures for the Certification of Personal Information Exports (Order 20). */
export const CERTIFICATION: readonly Pack[] = [
  pack(
    {
      instrument: {
        en: 'Implementation Rules for Personal Information Protection Certification (Announcement 2022 No. 37)',
        'zh-Hant': '《個人信息保護認證實施規則》（2022年第37號公告）',
        'zh-Hans': '《个人信息保护认证实施规则》（2022年第37号公告）',
        pt: 'Regras de certificação da protecção de informações pessoais (Anúncio n.º 37 de 2022)',
      },
      effectiveFrom: '2022-11-04',
      status: 'in-force',
      verification: 'GK',
      systems: ['cn'],
      direction: 'outbound',
    },
    {
      'CN.CERTR22': {
        article: 'whole',
        text: {
          en: 'The first route of certification; a certificate relied on before 2026 rests on it.',
          'zh-Hant': '首個認證途徑；2026年前憑藉的認證以此為據。',
          'zh-Hans': '首个认证途径；2026年前所依据的认证以此为准。',
          pt: 'A primeira via de certificação; nela assenta um certificado invocado antes de 2026.',
        },
      },
    },
  ),
  pack(
    {
      instrument: {
        en: 'Measures for the Certification of Personal Information Exports (Order 20)',
        'zh-Hant': '《個人信息出境認證辦法》（令第20號）',
        'zh-Hans': '《个人信息出境认证办法》（令第20号）',
        pt: 'Medidas de certificação da saída de informações pessoais (Ordem n.º 20)',
      },
      effectiveFrom: '2026-01-01',
      status: 'in-force',
      verification: 'V',
      systems: ['cn'],
      direction: 'outbound',
    },
    {
      'CN.CERT.5': {
        article: 'art 5',
        text: {
          en: 'Certification serves the same volumes as the standard contract: no critical infrastructure, no important data, no splitting of volume.',
          'zh-Hant': '認證適用範圍與標準合同相同：非關鍵信息基礎設施、無重要數據、不得拆分數量。',
          'zh-Hans': '认证的适用范围与标准合同相同：非关键信息基础设施、无重要数据、不得拆分数量。',
          pt: 'A certificação serve os mesmos volumes que o contrato-padrão: sem infra-estruturas críticas, dados importantes ou fraccionamento.',
        },
      },
      'CN.CERT.8': {
        article: 'art 8',
        text: {
          en: 'A certificate is valid for three years.',
          'zh-Hant': '認證有效期三年。',
          'zh-Hans': '认证证书有效期为三年。',
          pt: 'O certificado é válido por três anos.',
        },
      },
      'CN.CERT.10': {
        article: 'art 10',
        text: {
          en: 'A certificate is suspended or revoked when exports go beyond its scope.',
          'zh-Hant': '實際送出超出認證範圍，認證會被暫停或撤銷。',
          'zh-Hans': '实际出境超出认证范围的，暂停或者撤销认证证书。',
          pt: 'O certificado é suspenso ou revogado se a saída de dados exceder o seu âmbito.',
        },
      },
    },
  ),
];
