import { pack, type Pack } from './pack.js';

/** Hong Kong–Shenzhen cross-boundary data validation platform; Guangdong–Macao cross-boundary data validation platform; Shenzhen–Singapore data validation platform; eHealth Cross-boundary Health Record; Hong Kong–Guangdong cross-boundary public services; Cross-boundary credit referencing (HKMA and People’s Bank of China). */
export const SCHEMES: readonly Pack[] = [
  pack(
    {
      instrument: {
        en: 'Hong Kong–Shenzhen cross-boundary data validation platform',
        'zh-Hant': '深港跨境數據驗證平台',
        'zh-Hans': '深港跨境数据验证平台',
        pt: 'Plataforma de validação de dados Hong Kong–Shenzhen',
      },
      effectiveFrom: '2024-05-01',
      status: 'operating',
      verification: '2, date approximate',
      systems: ['cn', 'hk'],
      direction: 'both',
    },
    {
      'SCHEME.SZHK': {
        article: 'scheme',
        text: {
          en: 'The person hands in the document; only a fingerprint is compared between Hong Kong and Shenzhen.',
          'zh-Hant': '由本人遞交文件；港深之間只比對指紋。',
          'zh-Hans': '由本人提交文件；深港之间只比对指纹。',
          pt: 'A pessoa entrega o documento; entre Hong Kong e Shenzhen só se compara a impressão digital.',
        },
      },
    },
  ),
  pack(
    {
      instrument: {
        en: 'Guangdong–Macao cross-boundary data validation platform',
        'zh-Hant': '粵澳跨境數據驗證平台',
        'zh-Hans': '粤澳跨境数据验证平台',
        pt: 'Plataforma de validação de dados Guangdong–Macau',
      },
      effectiveFrom: '2024-09-01',
      status: 'operating',
      verification: '2, date approximate',
      systems: ['cn', 'mo'],
      direction: 'both',
    },
    {
      'SCHEME.GDMO': {
        article: 'scheme',
        text: {
          en: 'The person hands in the document; only a fingerprint is compared between Guangdong and Macao.',
          'zh-Hant': '由本人遞交文件；粵澳之間只比對指紋。',
          'zh-Hans': '由本人提交文件；粤澳之间只比对指纹。',
          pt: 'A pessoa entrega o documento; entre Guangdong e Macau só se compara a impressão digital.',
        },
      },
    },
  ),
  pack(
    {
      instrument: {
        en: 'Shenzhen–Singapore data validation platform',
        'zh-Hant': '深圳與新加坡數據驗證平台',
        'zh-Hans': '深圳—新加坡数据验证平台',
        pt: 'Plataforma de validação de dados Shenzhen–Singapura',
      },
      effectiveFrom: '2025-11-25',
      status: 'trial',
      verification: '2',
      systems: ['cn'],
      direction: 'both',
    },
    {
      'SCHEME.SZSG': {
        article: 'scheme',
        text: {
          en: 'A fingerprint is compared between Shenzhen and Singapore, outside the Bay.',
          'zh-Hant': '深圳與新加坡之間比對指紋，屬大灣區以外。',
          'zh-Hans': '深圳与新加坡之间比对指纹，属大湾区以外。',
          pt: 'Compara-se a impressão digital entre Shenzhen e Singapura, fora da Grande Baía.',
        },
      },
    },
  ),
  pack(
    {
      instrument: {
        en: 'eHealth Cross-boundary Health Record',
        'zh-Hant': '醫健通「跨境健康紀錄」',
        'zh-Hans': '医健通“跨境健康记录”',
        pt: 'Registo de saúde transfronteiriço do eHealth',
      },
      effectiveFrom: '2024-07-15',
      status: 'operating',
      verification: 'S',
      systems: ['cn', 'hk'],
      direction: 'northbound',
    },
    {
      'SCHEME.EHEALTH': {
        article: 'scheme',
        text: {
          en: 'The person applies three days ahead and hands up to three years of records to a designated hospital with two codes.',
          'zh-Hant': '本人提前三日申請，以兩個二維碼向指定醫院提供最多三年的紀錄。',
          'zh-Hans': '本人提前三日申请，以两个二维码向指定医院提供最多三年的记录。',
          pt: 'A pessoa pede com três dias de antecedência e entrega até três anos de registos a um hospital designado, com dois códigos.',
        },
      },
      'SCHEME.EHEALTH.ALL': {
        article: 'extension',
        effectiveFrom: '2025-12-24',
        text: {
          en: 'Open to every eHealth user; before 24 December 2025 only to persons aged 65 or over.',
          'zh-Hant': '所有醫健通用戶可用；2025年12月24日之前只限65歲或以上人士。',
          'zh-Hans': '所有医健通用户可用；2025年12月24日前仅限65岁或以上人士。',
          pt: 'Aberto a todos os utentes do eHealth; antes de 24 de Dezembro de 2025, só a maiores de 65 anos.',
        },
      },
    },
  ),
  pack(
    {
      instrument: {
        en: 'Hong Kong–Guangdong cross-boundary public services',
        'zh-Hant': '粵港跨境通辦政務服務',
        'zh-Hans': '粤港跨境通办政务服务',
        pt: 'Serviços públicos transfronteiriços Hong Kong–Guangdong',
      },
      effectiveFrom: '2023-11-02',
      status: 'operating',
      verification: 'S',
      systems: ['cn', 'hk'],
      direction: 'both',
    },
    {
      'SCHEME.GOV': {
        article: 'scheme',
        text: {
          en: 'Identity is bound with the authorisation of the person; data are usable but not visible.',
          'zh-Hant': '經本人授權綁定身份；資料可用不可見。',
          'zh-Hans': '经本人授权绑定身份；数据可用不可见。',
          pt: 'A identidade associa-se com autorização da pessoa; os dados usam-se sem serem vistos.',
        },
      },
    },
  ),
  pack(
    {
      instrument: {
        en: 'Cross-boundary credit referencing (HKMA and People’s Bank of China)',
        'zh-Hant': '跨境徵信互聯互通（金管局與人民銀行）',
        'zh-Hans': '跨境征信互联互通（金管局与人民银行）',
        pt: 'Informações de crédito transfronteiriças (HKMA e Banco Popular da China)',
      },
      effectiveFrom: '2024-06-28',
      status: 'operating',
      verification: 'S',
      systems: ['cn', 'hk'],
      direction: 'both',
    },
    {
      'SCHEME.CBCR': {
        article: 'circulars',
        text: {
          en: 'Credit data cross between Hong Kong and the Mainland only inside the arrangement and with the consent of the customer.',
          'zh-Hant': '信貸資料只可在跨境徵信安排之內、經客戶同意，於香港與內地之間傳送。',
          'zh-Hans': '信用信息只能在跨境征信安排内、经客户同意，在香港与内地之间传输。',
          pt: 'Os dados de crédito circulam entre Hong Kong e o Interior da China só no âmbito do acordo e com consentimento do cliente.',
        },
      },
    },
  ),
];
