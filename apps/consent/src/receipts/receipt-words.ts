import type { InLanguages } from '../notices/texts.js';

/** Words of the printed receipt that no other page has. */
export const receiptWords: InLanguages<
  Readonly<{
    title: string;
    holder: string;
    state: string;
    until: string;
    acts: string;
    events: string;
    withdraw: string;
    complain: string;
    check: string;
    checkText: string;
    shown: string;
    agreed: string;
    refused: string;
  }>
> = {
  'zh-Hant': {
    title: '同意收據',
    holder: '持有方',
    state: '現況',
    until: '有效至',
    acts: '您的逐項答覆',
    events: '經過',
    withdraw: '撤回',
    complain: '投訴',
    check: '核對',
    checkText: '收據由持有方所在地簽署。下載後不經 Bayway 也可核對：收據、答覆和當時的頁面須互相吻合。',
    shown: '當時向您顯示的頁面',
    agreed: '同意',
    refused: '不同意',
  },
  'zh-Hans': {
    title: '同意回执',
    holder: '持有方',
    state: '现况',
    until: '有效至',
    acts: '您的逐项答复',
    events: '经过',
    withdraw: '撤回',
    complain: '投诉',
    check: '核对',
    checkText: '回执由持有方所在地签署。下载后不经 Bayway 也可核对：回执、答复和当时的页面须相互吻合。',
    shown: '当时向您显示的页面',
    agreed: '同意',
    refused: '不同意',
  },
  pt: {
    title: 'Recibo de consentimento',
    holder: 'Quem guarda',
    state: 'Situação',
    until: 'Válido até',
    acts: 'As suas respostas, uma a uma',
    events: 'O que aconteceu',
    withdraw: 'Retirar',
    complain: 'Apresentar queixa',
    check: 'Verificar',
    checkText:
      'Assinado do lado de quem guarda. Verifica-se sem o Bayway: o recibo, as respostas e a página mostrada têm de coincidir.',
    shown: 'A página que lhe foi mostrada',
    agreed: 'Consinto',
    refused: 'Não consinto',
  },
  en: {
    title: 'Consent receipt',
    holder: 'Holder',
    state: 'Where it stands',
    until: 'Valid until',
    acts: 'Your answers, one by one',
    events: 'What happened',
    withdraw: 'Withdraw',
    complain: 'Complain',
    check: 'Check',
    checkText:
      'Signed on the holder’s side. It is checked without Bayway: receipt, answers and the page shown must fit each other.',
    shown: 'The page as it was shown to you',
    agreed: 'I agree',
    refused: 'I do not agree',
  },
};
