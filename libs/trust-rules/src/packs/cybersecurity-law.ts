import { pack, type Pack } from './pack.js';

/** Cybersecurity Law (2016 numbering); Cybersecurity Law (2025 numbering). */
export const CYBERSECURITY_LAW: readonly Pack[] = [
  pack(
    {
      instrument: {
        en: 'Cybersecurity Law (2016 numbering)',
        'zh-Hant': '《網絡安全法》（2016年條號）',
        'zh-Hans': '《网络安全法》（2016年条号）',
        pt: 'Lei da Cibersegurança (numeração de 2016)',
      },
      effectiveFrom: '2017-06-01',
      effectiveTo: '2025-12-31',
      status: 'renumbered',
      verification: 'V',
      systems: ['cn'],
      direction: 'outbound',
    },
    {
      'CN.CSL16.37': {
        article: 'art 37',
        supersededBy: 'CN.CSL25.39',
        text: {
          en: 'Operators of critical infrastructure store data in the Mainland and export them only after a security assessment.',
          'zh-Hant': '關鍵信息基礎設施營運者的數據存於內地，須經安全評估才可送出。',
          'zh-Hans': '关键信息基础设施运营者的数据应当在境内存储，确需向境外提供的，应当进行安全评估。',
          pt: 'Os operadores de infra-estruturas críticas guardam os dados no Interior da China e só exportam após avaliação de segurança.',
        },
      },
      'CN.CSL16.42': {
        article: 'art 42',
        direction: 'any',
        text: {
          en: 'Network operators give personal data to others only with the consent of the person.',
          'zh-Hant': '網絡營運者未經本人同意，不得向他人提供個人資料。',
          'zh-Hans': '网络运营者未经被收集者同意，不得向他人提供个人信息。',
          pt: 'Os operadores de redes só fornecem dados pessoais a terceiros com o consentimento da pessoa.',
        },
      },
    },
  ),
  pack(
    {
      instrument: {
        en: 'Cybersecurity Law (2025 numbering)',
        'zh-Hant': '《網絡安全法》（2025年條號）',
        'zh-Hans': '《网络安全法》（2025年条号）',
        pt: 'Lei da Cibersegurança (numeração de 2025)',
      },
      effectiveFrom: '2026-01-01',
      status: 'in-force',
      verification: 'V',
      systems: ['cn'],
      direction: 'outbound',
    },
    {
      'CN.CSL25.39': {
        article: 'art 39',
        text: {
          en: 'Operators of critical infrastructure store data in the Mainland and export them only after a security assessment (new numbering).',
          'zh-Hant': '關鍵信息基礎設施營運者的數據存於內地，須經安全評估才可送出（新條號）。',
          'zh-Hans': '关键信息基础设施运营者的数据应当在境内存储，确需向境外提供的，应当进行安全评估（新条号）。',
          pt: 'Os operadores de infra-estruturas críticas guardam os dados no Interior da China e só exportam após avaliação de segurança (nova numeração).',
        },
      },
    },
  ),
];
