import { pack, type Pack } from './pack.js';

/** Data Security Law of the People’s Republic of China. */
export const DATA_SECURITY_LAW: readonly Pack[] = [
  pack(
    {
      instrument: {
        en: 'Data Security Law of the People’s Republic of China',
        'zh-Hant': '《中華人民共和國數據安全法》',
        'zh-Hans': '《中华人民共和国数据安全法》',
        pt: 'Lei da Segurança de Dados da República Popular da China',
      },
      effectiveFrom: '2021-09-01',
      status: 'in-force',
      verification: 'V',
      systems: ['cn'],
      direction: 'outbound',
    },
    {
      'CN.DSL.36': {
        article: 'art 36',
        text: {
          en: 'Data stored in the Mainland go to a foreign court or enforcement body only with approval.',
          'zh-Hant': '未經主管機關批准，不得向外國司法或執法機構提供存於內地的數據。',
          'zh-Hans': '未经主管机关批准，不得向外国司法或者执法机构提供存储于境内的数据。',
          pt: 'Os dados guardados no Interior da China só vão para um tribunal ou autoridade estrangeira com aprovação.',
        },
      },
    },
  ),
];
