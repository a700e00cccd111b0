import { pack, type Pack } from './pack.js';

/** Rules of Bayway. */
export const PLATFORM: readonly Pack[] = [
  pack(
    {
      instrument: {
        en: 'Rules of Bayway',
        'zh-Hant': 'Bayway 平台規則',
        'zh-Hans': 'Bayway 平台规则',
        pt: 'Regras da Bayway',
      },
      effectiveFrom: '2017-06-01',
      status: 'platform',
      verification: 'design',
      systems: ['platform'],
      direction: 'any',
    },
    {
      'PLAT.CARRY': {
        article: 'carry',
        text: {
          en: 'When a person carries or checks a record, content never goes from source to recipient.',
          'zh-Hant': '本人攜帶或核驗時，內容不會由來源直接送到接收方。',
          'zh-Hans': '本人携带或者核验时，内容不会由来源直接传给接收方。',
          pt: 'Quando a pessoa leva ou verifica um registo, o conteúdo nunca vai da fonte ao destinatário.',
        },
      },
      'PLAT.LOA3': {
        article: 'assurance',
        text: {
          en: 'Credit, health and genetic records and the data of children need identity level 3 or higher.',
          'zh-Hant': '信貸、醫療、基因紀錄和兒童資料，須身份核實達三級或以上。',
          'zh-Hans': '信用、医疗、基因记录和儿童信息，须身份核实达到三级或以上。',
          pt: 'Os registos de crédito, saúde e genéticos e os dados de crianças exigem nível de identidade 3 ou superior.',
        },
      },
      'PLAT.SIGNATORY': {
        article: 'signatory',
        text: {
          en: 'A record of an organisation is sent only with the consent of its authorised signatory. No statute asks for it; Bayway does.',
          'zh-Hant': '機構的紀錄，須有其獲授權簽署人同意才會傳送。這並非法例要求，而是 Bayway 的規則。',
          'zh-Hans': '机构的记录，须经其授权签字人同意才会传输。这并非法律要求，而是 Bayway 的规则。',
          pt: 'Um registo de uma organização só é enviado com o consentimento do seu signatário autorizado. Nenhuma lei o exige; a Bayway exige-o.',
        },
      },
    },
  ),
];
