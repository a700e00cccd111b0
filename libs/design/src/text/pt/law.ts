/** Names of laws, offices and identity schemes, in Portuguese as written in Macao. */
export const law = {
  law: {
    pipl: 'Lei da Protecção de Informações Pessoais da República Popular da China',
    pdpo: 'Portaria dos Dados Pessoais (Privacidade), Cap. 486',
    mo8: 'Lei n.º 8/2005, Lei da Protecção de Dados Pessoais',
    gbaScHk:
      'Contrato-padrão para o fluxo transfronteiriço de informações pessoais na Grande Baía (Interior da China, Hong Kong)',
    gbaScMo:
      'Contrato-padrão para o fluxo transfronteiriço de informações pessoais na Grande Baía (Interior da China, Macau)',
    credit: 'Regulamento da administração do sector de informações de crédito',
  },
  authority: {
    pcpd: 'Comissariado para a Privacidade dos Dados Pessoais (Hong Kong)',
    dpo: 'Gabinete de Política Digital (Hong Kong)',
    dspdp: 'Direcção dos Serviços da Protecção de Dados Pessoais',
    cac: 'Administração do Ciberespaço da China',
    cacGd: 'Administração do Ciberespaço de Guangdong',
    pboc: 'Banco Popular da China',
    hkma: 'Autoridade Monetária de Hong Kong',
    amcm: 'Autoridade Monetária de Macau',
  },
  identity: {
    iamsmart: 'iAM Smart',
    mo: 'Conta Única de Macau',
    gd: 'Plataforma de autenticação unificada de Guangdong',
    gdShort: 'Identidade unificada de Guangdong',
    zhejiang: 'Serviços do Governo de Zhejiang',
  },
};
