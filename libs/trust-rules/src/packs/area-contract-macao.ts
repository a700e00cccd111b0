import { pack, type Pack } from './pack.js';

/** Implementation Guidelines on the Standard Contract for the Greater Bay Area (Mainland, Macao); Standard Contract for the Greater Bay Area (Mainland, Macao). */
export const AREA_CONTRACT_MACAO: readonly Pack[] = [
  pack(
    {
      instrument: {
        en: 'Implementation Guidelines on the Standard Contract for the Greater Bay Area (Mainland, Macao)',
        'zh-Hant': '《粵港澳大灣區（內地、澳門）個人信息跨境流動標準合同實施指引》',
        'zh-Hans': '《粤港澳大湾区（内地、澳门）个人信息跨境流动标准合同实施指引》',
        pt: 'Directrizes do contrato-padrão da Grande Baía (Interior da China, Macau)',
      },
      effectiveFrom: '2024-09-10',
      status: 'in-force',
      verification: 'S',
      systems: ['gba', 'cn', 'mo'],
      direction: 'both',
    },
    {
      'GBA.MO.2': {
        article: 'art 2',
        text: {
          en: 'Only parties registered or located in the nine cities and Macao may use this contract; important data are excluded.',
          'zh-Hant': '只有在九市及澳門註冊或居住的各方可用此合同；重要數據除外。',
          'zh-Hans': '仅限注册于（或者位于）九市和澳门的各方采用；重要数据除外。',
          pt: 'Só partes registadas ou situadas nas nove cidades e em Macau usam este contrato; excluem-se dados importantes.',
        },
      },
      'GBA.MO.4.1': {
        article: 'art 4(1)',
        text: {
          en: 'Notice or consent follows the law of the side that provides.',
          'zh-Hant': '告知或同意按提供方當地法律。',
          'zh-Hans': '告知或者同意依照提供方属地法律。',
          pt: 'A informação ou o consentimento seguem a lei de quem fornece.',
        },
      },
      'GBA.MO.4.2': {
        article: 'art 4(2)',
        verification: '2',
        direction: 'onward',
        text: {
          en: 'Data received under the contract stay in the nine cities and Macao.',
          'zh-Hant': '按合同接收的資料，不得離開九市和澳門。',
          'zh-Hans': '依合同接收的个人信息，不得提供到九市和澳门以外。',
          pt: 'Os dados recebidos ao abrigo do contrato ficam nas nove cidades e em Macau.',
        },
      },
      'GBA.MO.5': {
        article: 'art 5',
        verification: '2',
        text: {
          en: 'An impact assessment comes before the transfer.',
          'zh-Hant': '轉移之前須先作影響評估。',
          'zh-Hans': '跨境提供前应当开展影响评估。',
          pt: 'Antes da transferência faz-se uma avaliação de impacto.',
        },
      },
      'GBA.MO.7': {
        article: 'art 7',
        text: {
          en: 'The contract is filed within ten working days of taking effect.',
          'zh-Hant': '合同生效後十個工作日內備案。',
          'zh-Hans': '合同生效之日起十个工作日内备案。',
          pt: 'O contrato regista-se em dez dias úteis após produzir efeitos.',
        },
      },
    },
  ),
  pack(
    {
      instrument: {
        en: 'Standard Contract for the Greater Bay Area (Mainland, Macao)',
        'zh-Hant': '《粵港澳大灣區（內地、澳門）個人信息跨境流動標準合同》',
        'zh-Hans': '《粤港澳大湾区（内地、澳门）个人信息跨境流动标准合同》',
        pt: 'Contrato-padrão para o fluxo transfronteiriço de informações pessoais na Grande Baía (Interior da China, Macau)',
      },
      effectiveFrom: '2024-09-10',
      status: 'in-force',
      verification: '2',
      systems: ['gba', 'cn', 'mo'],
      direction: 'both',
    },
    {
      'GBA.MO.C': {
        article: 'contract terms (numbers to check)',
        text: {
          en: 'The template stays unaltered, takes effect before data move, is signed anew on change, and binds the recipient as the Hong Kong contract does.',
          'zh-Hant': '範本不得改動、先生效後轉移、有變須重訂，接收方責任與香港合約相同。',
          'zh-Hans': '模板不得改动、先生效后提供、变更须重新订立，接收方义务与香港合同相同。',
          pt: 'O modelo não se altera, produz efeitos antes, assina-se de novo em caso de mudança e obriga o destinatário como o de Hong Kong.',
        },
      },
    },
  ),
];
