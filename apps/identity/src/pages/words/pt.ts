import type { Words } from './index.js';

/** Português, na grafia de Macau. */
export const pt: Words = {
  cancel: 'Cancelar e voltar',
  backTo: 'Voltar a {client}',
  forWhom: {
    title: 'Em nome de quem responde?',
    lead: '{client} pede um registo. Pode responder por si, ou por quem representa.',
    self: 'Por mim',
  },
  later: {
    title: 'Pode decidir mais tarde',
    text: 'Nada foi enviado. Pode voltar a esta página, neste navegador, até às {time}.',
    ends: 'Sem resposta até lá, o pedido de {client} caduca e nada é enviado.',
  },
  through: {
    title: 'Através de outro lugar',
    choice: 'Entrar através de: {place}',
    note: 'Para quem já ligou a sua identidade desse lugar a uma daqui.',
  },
  bind: {
    heading: 'Entre uma vez com a sua identidade daqui: {here}',
    lead: 'Vem através de: {there}. Para encontrar o seu registo, é preciso saber quem é aqui ({here}). As duas identidades ficam ligadas; nenhum número é enviado.',
    nextCity: 'A página da sua cidade confirma quem é.',
    nextLink: 'As duas identidades ficam ligadas, agora e para as próximas vezes.',
  },
  again: 'Para ver o seu registo, entre outra vez com um nível mais alto. É preciso o nível {level}.',
  unreachable: 'Neste momento não se consegue chegar à entrada de {place}. Tente outra vez ou escolha outra.',
  untrusted: 'Não foi possível verificar a resposta de {place}; nada dela foi usado. Tente outra vez ou escolha outra.',
  cut: 'Entrar através de {place} está suspenso por agora. Não é culpa sua. Entre com uma cidade abaixo ou tente mais tarde. Nada foi enviado.',
  ended: {
    title: 'Esta entrada já terminou',
    text: 'Passou demasiado tempo, ou terminou noutra janela. Volte à página de onde veio e comece de novo. Nada foi enviado.',
  },
  broken: {
    title: 'Esta página não pode continuar',
    text: 'Volte à página de onde veio e comece de novo. Nada foi enviado.',
  },
  refused: {
    'link-conflict':
      'A identidade com que entrou aqui ({here}) não é da mesma pessoa que a outra ({there}), ou já está ligada a outra. Nada foi enviado.',
    'no-proof': 'Não se viu a sua entrada no outro lugar ({there}). Entre lá, neste mesmo navegador, e comece de novo.',
    'other-person':
      'Neste momento está outra pessoa com sessão aberta no outro lugar ({there}). Termine essa sessão e comece de novo. Nada foi enviado.',
    'resident-conflict':
      'Os documentos da sua cidade correspondem a mais de um registo aqui. Uma pessoa tem de ver o caso. Nada foi alterado.',
  },
  noneOfThese: {
    title: 'Não tenho nenhuma destas',
    text: 'Então aqui não se pode continuar. Registe-se na cidade onde vive, ao balcão ou na aplicação, e comece de novo. Ou volte e pergunte por outro meio; a culpa não é sua.',
  },
  learn: {
    title: 'O que ficamos a saber de si',
    text: 'A sua cidade diz-nos o nome, a data de nascimento, o documento e o nível, e nada mais é pedido. Tudo fica aqui ({here}), com o número do documento cifrado. {client} recebe um nome só seu para si e nada disto. O que passa para outro lugar é sempre perguntado antes.',
  },
  stopped: {
    level: {
      title: 'É preciso uma entrada mais segura',
      text: 'Entrou com a identidade de {place}, de nível inferior ao nível {level} que aqui é preciso. Isto nada diz sobre si. Nada foi enviado.',
    },
    'not-fresh': {
      title: 'Não lhe foi pedido que entrasse de novo',
      text: 'Aqui é preciso entrar de novo, mas {place} aceitou uma entrada anterior. Tente outra vez ou escolha outra. Nada foi enviado.',
    },
    'another-account': {
      title: 'Entrou outra pessoa',
      text: 'Foi-lhe pedido que entrasse mais uma vez, e de {place} voltou outra pessoa. Para continuar em seu nome, tente outra vez com a sua conta. Para mudar de pessoa, cancele e saia primeiro. Nada foi enviado.',
    },
    how: 'Como lá chegar',
    raise: {
      'iam-smart': 'Passe para iAM Smart+ num balcão ou quiosque de registo e tente outra vez.',
      guangdong: 'Na autenticação unificada de Guangdong, confirme o documento e o rosto e tente outra vez.',
      zhejiang: 'Na autenticação de Zhejiang, confirme o bilhete de identidade e o rosto e tente outra vez.',
      'macao-one': 'Na Conta Única de Macau, active o segundo factor e tente outra vez.',
    },
    other: 'Escolher de novo como entrar',
  },
  signOut: { title: 'Sair da Bayway?', text: 'A sessão na sua cidade continua aberta.', stay: 'Continuar com sessão' },
  signedOut: { title: 'A sessão terminou', text: 'Pode fechar esta página.' },
  kept: { title: 'As suas respostas até agora', note: 'Foram guardadas. Para mudar alguma, escolha de novo em baixo.' },
};
