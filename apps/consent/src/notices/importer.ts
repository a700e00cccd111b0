import type { ImporterTexts, InLanguages } from './texts.js';

/**
 * What the recipient's own law has her told: that giving is voluntary and bound to the purpose.
 * Hong Kong: PDPO data protection principles 1(3) and 3. Macao: Law 8/2005, articles 5 and 10. Mainland: PIPL 6 and 14.
 */
export const importer: InLanguages<ImporterTexts> = {
  'zh-Hant': {
    hk: '按香港法律：提供與否由您自願；未得您同意，不得用於其他目的。',
    mo: '按澳門法律：提供與否由您自願；不得用於其他目的。',
    cn: '按內地法律：提供與否由您自願；改變目的須再取得您的同意。',
  },
  'zh-Hans': {
    hk: '按香港法律：提供与否由您自愿；未经您同意，不得用于其他目的。',
    mo: '按澳门法律：提供与否由您自愿；不得用于其他目的。',
    cn: '按内地法律：提供与否由您自愿；改变目的须重新取得您的同意。',
  },
  pt: {
    hk: 'Lei de Hong Kong: fornecer é voluntário; outro fim só com o seu consentimento.',
    mo: 'Lei de Macau: fornecer é voluntário; nenhum outro fim é permitido.',
    cn: 'Lei do Interior da China: fornecer é voluntário; outro fim só com novo consentimento seu.',
  },
  en: {
    hk: 'Hong Kong law: giving it is voluntary; any other use needs your consent.',
    mo: 'Macao law: giving it is voluntary; no other use is allowed.',
    cn: 'Mainland law: giving it is voluntary; another use needs your consent anew.',
  },
};
