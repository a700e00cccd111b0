/** Names of laws, offices and identity schemes, in English. */
export const law = {
  law: {
    pipl: 'Personal Information Protection Law of the People’s Republic of China',
    pdpo: 'Personal Data (Privacy) Ordinance (Cap. 486)',
    mo8: 'Law No. 8/2005, Personal Data Protection Act',
    gbaScHk:
      'Standard Contract for Cross-boundary Flow of Personal Information Within the Guangdong–Hong Kong–Macao Greater Bay Area (Mainland, Hong Kong)',
    gbaScMo:
      'Standard Contract for Cross-boundary Flow of Personal Information Within the Guangdong–Hong Kong–Macao Greater Bay Area (Mainland, Macao)',
    credit: 'Regulation on the Administration of the Credit Reporting Industry',
  },
  authority: {
    pcpd: 'Office of the Privacy Commissioner for Personal Data',
    dpo: 'Digital Policy Office',
    dspdp: 'Personal Data Protection Bureau',
    cac: 'Cyberspace Administration of China',
    cacGd: 'Cyberspace Administration of Guangdong Province',
    pboc: 'People’s Bank of China',
    hkma: 'Hong Kong Monetary Authority',
    amcm: 'Monetary Authority of Macao',
  },
  identity: {
    iamsmart: 'iAM Smart',
    mo: 'Macao One Account',
    gd: 'Guangdong Unified Identity Authentication Platform',
    gdShort: 'Guangdong unified identity',
    zhejiang: 'Zhejiang government services',
  },
};
