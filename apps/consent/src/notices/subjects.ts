import type { InLanguages, SubjectTexts } from './texts.js';

/** A credit report for a decision on credit. */
export const creditUnderwriting: InLanguages<SubjectTexts> = {
  'zh-Hant': {
    question: '是否容許{recipient}取得您的{from}信貸報告？',
    purposePhrase: '審批您的信貸申請',
    necessity: '為甚麼需要敏感資料？{recipient}須靠它評估還款能力。它可能影響貸款額或利率。',
  },
  'zh-Hans': {
    question: '是否允许{recipient}取得您的{from}信用报告？',
    purposePhrase: '审批您的信贷申请',
    necessity: '为什么需要敏感个人信息？{recipient}要靠它评估还款能力。它可能影响贷款额度或利率。',
  },
  pt: {
    question: 'Permite que {recipient} obtenha o seu relatório de crédito de {from}?',
    purposePhrase: 'decidir o seu pedido de crédito',
    necessity: 'Porquê dados sensíveis? Para avaliar a capacidade de pagamento. Podem influir no montante ou na taxa.',
  },
  en: {
    question: 'May {recipient} get your {from} credit report?',
    purposePhrase: 'decide on your credit application',
    necessity: 'Why sensitive items? To judge ability to repay. They may affect the amount or rate offered.',
  },
};

/** A record of a company, for whatever it opens or applies for: whoever signs for it reads of the company, not of herself. */
export const ofCompany: InLanguages<SubjectTexts> = {
  'zh-Hant': {
    question: '是否容許{recipient}取得貴公司的{record}（{from}）？',
    purposePhrase: null,
    necessity: '為甚麼需要這些資料？沒有它，{recipient}不能{purpose}。它可能影響對貴公司的決定。',
  },
  'zh-Hans': {
    question: '是否允许{recipient}取得贵公司的{record}（{from}）？',
    purposePhrase: null,
    necessity: '为什么需要这些信息？没有它，{recipient}不能{purpose}。它可能影响对贵公司的决定。',
  },
  pt: {
    question: 'Permite que {recipient} obtenha, da sua empresa: {record} ({from})?',
    purposePhrase: null,
    necessity:
      'Porquê estes dados? Sem eles, {recipient} não pode {purpose}. Podem influir na decisão sobre a empresa.',
  },
  en: {
    question: 'May {recipient} get your company’s {record} from {from}?',
    purposePhrase: null,
    necessity:
      'Why these items? Without them {recipient} cannot {purpose}. They may affect what is decided on the company.',
  },
};

/** Any other record for any other purpose, in the general names of both. */
export const general: InLanguages<SubjectTexts> = {
  'zh-Hant': {
    question: '是否容許{recipient}取得您的{record}（{from}）？',
    purposePhrase: null,
    necessity: '為甚麼需要敏感資料？沒有它，{recipient}不能{purpose}。它可能影響對您的決定。',
  },
  'zh-Hans': {
    question: '是否允许{recipient}取得您的{record}（{from}）？',
    purposePhrase: null,
    necessity: '为什么需要敏感个人信息？没有它，{recipient}不能{purpose}。它可能影响对您的决定。',
  },
  pt: {
    question: 'Permite que {recipient} obtenha os seus dados: {record} ({from})?',
    purposePhrase: null,
    necessity: 'Porquê dados sensíveis? Sem eles, {recipient} não pode {purpose}. Podem influir na decisão.',
  },
  en: {
    question: 'May {recipient} get your {record} from {from}?',
    purposePhrase: null,
    necessity: 'Why sensitive items? Without them {recipient} cannot {purpose}. They may affect what is decided.',
  },
};
