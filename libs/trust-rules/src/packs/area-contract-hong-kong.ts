import { pack, type Pack } from './pack.js';

/** Implementation Guidelines on the Standard Contract for the Greater Bay Area (Mainland, Hong Kong); Pilot arrangement of the Standard Contract for the Greater Bay Area (Mainland, Hong Kong); Standard Contract for the Greater Bay Area (Mainland, Hong Kong); TC260-PG-20245A, protection requirements for the Greater Bay Area (Mainland, Hong Kong). */
export const AREA_CONTRACT_HONG_KONG: readonly Pack[] = [
  pack(
    {
      instrument: {
        en: 'Implementation Guidelines on the Standard Contract for the Greater Bay Area (Mainland, Hong Kong)',
        'zh-Hant': '《粵港澳大灣區（內地、香港）個人信息跨境流動標準合同實施指引》',
        'zh-Hans': '《粤港澳大湾区（内地、香港）个人信息跨境流动标准合同实施指引》',
        pt: 'Directrizes do contrato-padrão da Grande Baía (Interior da China, Hong Kong)',
      },
      effectiveFrom: '2023-12-13',
      status: 'in-force',
      verification: '2',
      systems: ['gba', 'cn', 'hk'],
      direction: 'both',
    },
    {
      'GBA.HK.2': {
        article: 'art 2',
        verification: 'S',
        text: {
          en: 'Only parties registered or located in the nine cities and Hong Kong may use this contract; important data are excluded.',
          'zh-Hant': '只有在九市及香港註冊或居住的各方可用此合約；重要數據除外。',
          'zh-Hans': '仅限注册于（或者位于）九市和香港的各方采用；重要数据除外。',
          pt: 'Só partes registadas ou situadas nas nove cidades e em Hong Kong usam este contrato; excluem-se dados importantes.',
        },
      },
      'GBA.HK.4.1': {
        article: 'art 4(1)',
        verification: 'S',
        text: {
          en: 'Notice or consent follows the law of the side that provides; the contract does not lower it.',
          'zh-Hant': '告知或同意按提供方當地法律；合約不會降低要求。',
          'zh-Hans': '告知或者同意依照提供方属地法律；合同不降低要求。',
          pt: 'A informação ou o consentimento seguem a lei de quem fornece; o contrato não a reduz.',
        },
      },
      'GBA.HK.4.2': {
        article: 'art 4(2)',
        direction: 'onward',
        text: {
          en: 'Data received under the contract stay in the nine cities and Hong Kong.',
          'zh-Hant': '按合約接收的資料，不得離開九市和香港。',
          'zh-Hans': '依合同接收的个人信息，不得提供到九市和香港以外。',
          pt: 'Os dados recebidos ao abrigo do contrato ficam nas nove cidades e em Hong Kong.',
        },
      },
      'GBA.HK.5': {
        article: 'art 5',
        text: {
          en: 'An impact assessment comes before the transfer.',
          'zh-Hant': '轉移之前須先作影響評估。',
          'zh-Hans': '跨境提供前应当开展影响评估。',
          pt: 'Antes da transferência faz-se uma avaliação de impacto.',
        },
      },
      'GBA.HK.6': {
        article: 'art 6',
        text: {
          en: 'The annexed contract is used as it stands; added terms may not conflict with it.',
          'zh-Hant': '須採用所附合約，不得改動；附加條款不可與其相抵觸。',
          'zh-Hans': '应当采用所附标准合同；附加条款不得与之冲突。',
          pt: 'Usa-se o contrato anexo tal como está; as cláusulas adicionais não o podem contrariar.',
        },
      },
      'GBA.HK.7': {
        article: 'art 7, 9 (number to check)',
        text: {
          en: 'Data move only after the contract takes effect; when purpose, scope, method, use or term change it is signed and filed anew.',
          'zh-Hant': '合約生效後才可轉移；目的、範圍、方式、用途或期限改變，須重新簽訂並備案。',
          'zh-Hans': '合同生效后方可开展跨境提供；目的、范围、方式、用途或者期限变化的，应当重新订立并备案。',
          pt: 'Os dados só circulam depois de o contrato produzir efeitos; se mudam finalidade, âmbito, método, uso ou prazo, assina-se e regista-se de novo.',
        },
      },
      'GBA.HK.8': {
        article: 'art 8',
        text: {
          en: 'The contract is filed within ten working days of taking effect.',
          'zh-Hant': '合約生效後十個工作日內備案。',
          'zh-Hans': '合同生效之日起十个工作日内备案。',
          pt: 'O contrato regista-se em dez dias úteis após produzir efeitos.',
        },
      },
    },
  ),
  pack(
    {
      instrument: {
        en: 'Pilot arrangement of the Standard Contract for the Greater Bay Area (Mainland, Hong Kong)',
        'zh-Hant': '大灣區（內地、香港）標準合同先行先試安排',
        'zh-Hans': '大湾区（内地、香港）标准合同先行先试安排',
        pt: 'Fase piloto do contrato-padrão da Grande Baía (Interior da China, Hong Kong)',
      },
      effectiveFrom: '2023-12-13',
      effectiveTo: '2024-10-31',
      status: 'ended',
      verification: 'S',
      systems: ['gba', 'cn', 'hk'],
      direction: 'both',
    },
    {
      'GBA.HK.PILOT': {
        article: 'pilot',
        text: {
          en: 'Until 31 October 2024 only banking, credit referencing and healthcare could use the contract.',
          'zh-Hant': '2024年10月31日或之前，只限銀行、徵信和醫療業使用。',
          'zh-Hans': '2024年10月31日及之前，仅限银行业、征信业和医疗业先行先试。',
          pt: 'Até 31 de Outubro de 2024, só a banca, as informações de crédito e a saúde podiam usar o contrato.',
        },
      },
    },
  ),
  pack(
    {
      instrument: {
        en: 'Standard Contract for the Greater Bay Area (Mainland, Hong Kong)',
        'zh-Hant': '《粵港澳大灣區（內地、香港）個人信息跨境流動標準合同》',
        'zh-Hans': '《粤港澳大湾区（内地、香港）个人信息跨境流动标准合同》',
        pt: 'Contrato-padrão para o fluxo transfronteiriço de informações pessoais na Grande Baía (Interior da China, Hong Kong)',
      },
      effectiveFrom: '2023-12-13',
      status: 'in-force',
      verification: '2',
      systems: ['gba', 'cn', 'hk'],
      direction: 'both',
    },
    {
      'GBA.HK.C3': {
        article: 'clause 3',
        text: {
          en: 'The recipient keeps to the agreed purpose and the shortest term, keeps records for three years, and deletes or returns at the end.',
          'zh-Hant': '接收方只按約定目的使用、保存最短時間、紀錄保存三年，完結時刪除或交還。',
          'zh-Hans': '接收方按约定目的处理、最短期限保存、记录保存三年，期满删除或者返还。',
          pt: 'O destinatário respeita a finalidade e o prazo mínimo, guarda registos três anos e apaga ou devolve no fim.',
        },
      },
      'GBA.HK.C3.7': {
        article: 'clause 3 (third party, number to check)',
        verification: 'GK',
        direction: 'onward',
        text: {
          en: 'Passing on inside the area needs a business need, notice, consent where consent is the basis, and a written agreement.',
          'zh-Hant': '在區內再轉移，須有業務需要、告知、（以同意為依據時）同意及書面協議。',
          'zh-Hans': '在区内再提供的，须有业务需要、告知、（基于同意的）同意以及书面协议。',
          pt: 'Passar adiante dentro da área exige necessidade de negócio, informação, consentimento quando é a base, e acordo escrito.',
        },
      },
    },
  ),
  pack(
    {
      instrument: {
        en: 'TC260-PG-20245A, protection requirements for the Greater Bay Area (Mainland, Hong Kong)',
        'zh-Hant': 'TC260-PG-20245A 大灣區（內地、香港）個人信息跨境保護要求',
        'zh-Hans': 'TC260-PG-20245A 大湾区（内地、香港）个人信息跨境处理保护要求',
        pt: 'TC260-PG-20245A, requisitos de protecção na Grande Baía (Interior da China, Hong Kong)',
      },
      effectiveFrom: '2024-11-01',
      status: 'guidance',
      verification: 'S',
      systems: ['gba', 'cn', 'hk'],
      direction: 'both',
    },
    {
      'GBA.CERT': {
        article: 'whole',
        text: {
          en: 'A voluntary technical guide for certification; whether it carries an export is not settled.',
          'zh-Hant': '認證用的自願技術指引；能否作為出境機制，未有定論。',
          'zh-Hans': '认证用的自愿性技术指引；能否作为出境机制尚无定论。',
          pt: 'Guia técnico voluntário de certificação; não está assente se sustenta uma saída de dados.',
        },
      },
    },
  ),
];
