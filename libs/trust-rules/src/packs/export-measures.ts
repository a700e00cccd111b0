import { pack, type Pack } from './pack.js';

/** Measures for the Security Assessment of Data Exports (CAC Order 11); Measures on the Standard Contract for Personal Information Exports (CAC Order 13); National standard contract for personal information exports. */
export const EXPORT_MEASURES: readonly Pack[] = [
  pack(
    {
      instrument: {
        en: 'Measures for the Security Assessment of Data Exports (CAC Order 11)',
        'zh-Hant': '《數據出境安全評估辦法》（網信辦令第11號）',
        'zh-Hans': '《数据出境安全评估办法》（网信办令第11号）',
        pt: 'Medidas de avaliação de segurança da saída de dados (Ordem n.º 11 da CAC)',
      },
      effectiveFrom: '2022-09-01',
      status: 'in-force',
      verification: 'S, thresholds GK',
      systems: ['cn'],
      direction: 'outbound',
    },
    {
      'CN.SAM.4': {
        article: 'art 4',
        text: {
          en: 'From 2022 an assessment was needed for important data, critical infrastructure, 100,000 people or the sensitive data of 10,000.',
          'zh-Hant': '自2022年起，重要數據、關鍵信息基礎設施、十萬人或一萬人敏感資料須作評估。',
          'zh-Hans': '自2022年起，重要数据、关键信息基础设施、十万人或者一万人敏感信息须申报评估。',
          pt: 'Desde 2022, exige-se avaliação para dados importantes, infra-estruturas críticas, 100 000 pessoas ou dados sensíveis de 10 000.',
        },
      },
    },
  ),
  pack(
    {
      instrument: {
        en: 'Measures on the Standard Contract for Personal Information Exports (CAC Order 13)',
        'zh-Hant': '《個人信息出境標準合同辦法》（網信辦令第13號）',
        'zh-Hans': '《个人信息出境标准合同办法》（网信办令第13号）',
        pt: 'Medidas sobre o contrato-padrão de saída de informações pessoais (Ordem n.º 13 da CAC)',
      },
      effectiveFrom: '2023-06-01',
      status: 'in-force',
      verification: 'S, number GK',
      systems: ['cn'],
      direction: 'outbound',
    },
    {
      'CN.SCCM.4': {
        article: 'art 4',
        verification: 'S',
        text: {
          en: 'The national standard contract is for exporters that run no critical infrastructure and stay below the assessment thresholds.',
          'zh-Hant': '國家標準合同適用於非關鍵信息基礎設施營運者，且未達評估數量者。',
          'zh-Hans': '标准合同适用于非关键信息基础设施运营者且未达到评估数量的处理者。',
          pt: 'O contrato-padrão nacional serve quem não opera infra-estruturas críticas e fica abaixo dos limiares de avaliação.',
        },
      },
      'CN.SCCM.7': {
        article: 'art 7',
        text: {
          en: 'The national standard contract is filed with the provincial cyberspace authority within ten working days of taking effect.',
          'zh-Hant': '國家標準合同生效後十個工作日內，向省級網信部門備案。',
          'zh-Hans': '标准合同生效之日起十个工作日内，向所在地省级网信部门备案。',
          pt: 'O contrato-padrão nacional regista-se junto da autoridade provincial do ciberespaço em dez dias úteis após produzir efeitos.',
        },
      },
      'CN.SCCM.8': {
        article: 'art 8',
        text: {
          en: 'When purpose, scope, method or use change, the assessment is redone and the contract is amended and filed again.',
          'zh-Hant': '目的、範圍、方式或用途改變，須重新評估、補訂或重訂合同並備案。',
          'zh-Hans': '目的、范围、方式或者用途变化的，应当重新评估、补充或者重新订立合同并备案。',
          pt: 'Se mudam a finalidade, o âmbito, o método ou o uso, refaz-se a avaliação, altera-se o contrato e regista-se de novo.',
        },
      },
    },
  ),
  pack(
    {
      instrument: {
        en: 'National standard contract for personal information exports',
        'zh-Hant': '《個人信息出境標準合同》',
        'zh-Hans': '《个人信息出境标准合同》',
        pt: 'Contrato-padrão nacional de saída de informações pessoais',
      },
      effectiveFrom: '2023-06-01',
      status: 'in-force',
      verification: '2',
      systems: ['cn'],
      direction: 'onward',
    },
    {
      'CN.SCCM.C3': {
        article: 'clause 3',
        text: {
          en: 'The recipient passes data on only with a business need, notice, consent where consent is the basis, and a written agreement.',
          'zh-Hant': '接收方再提供，須有業務需要、告知、（以同意為依據時）同意，以及書面協議。',
          'zh-Hans': '接收方再提供的，须有业务需要、告知、（基于同意的）同意以及书面协议。',
          pt: 'O destinatário só passa os dados adiante com necessidade de negócio, informação, consentimento quando é a base, e acordo escrito.',
        },
      },
    },
  ),
];
