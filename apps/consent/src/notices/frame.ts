import type { FrameTexts, InLanguages } from './texts.js';

/** The sentences that stand in every notice. */
export const frame: InLanguages<FrameTexts> = {
  'zh-Hant': {
    limit: '{times}，至 {date}，用來{purpose}。您可以拒絕。',
    purpose: '{purpose}。',
    purposeFor: '{purpose}（{reference}）。',
    notMarketing: '不會用於推廣。',
    how: '加密傳送，只有{recipient}能打開。Bayway 不留副本。',
    kept: '最遲 {date}刪除。',
    rights: '向{recipient}要求查閱、更正或刪除；向{authority}投訴；隨時在此撤回。',
    nothingElse: '此外甚麼也不會傳送，身份證明文件號碼一定不會。',
    leftOut: '按法律規定不傳送：{items}。',
  },
  'zh-Hans': {
    limit: '{times}，至{date}，用于{purpose}。您可以拒绝。',
    purpose: '{purpose}。',
    purposeFor: '{purpose}（{reference}）。',
    notMarketing: '不用于营销。',
    how: '加密传输，只有{recipient}能打开。Bayway 不留副本。',
    kept: '最迟于{date}删除。',
    rights: '向{recipient}要求查阅、更正或删除；向{authority}投诉；随时在此撤回。',
    nothingElse: '此外什么也不会传输，身份证件号码一定不会。',
    leftOut: '依法不传输：{items}。',
  },
  pt: {
    limit: '{times}, até {date}, para {purpose}. Pode recusar.',
    purpose: '{purpose}.',
    purposeFor: '{purpose} ({reference}).',
    notMarketing: 'Nunca para publicidade.',
    how: 'Envio cifrado; só {recipient} o pode abrir. A Bayway não guarda cópia.',
    kept: 'Apagado até {date}.',
    rights: 'Ver, corrigir ou apagar, junto de {recipient}; queixar-se a {authority}; retirar aqui a qualquer momento.',
    nothingElse: 'Nada mais é enviado, e nunca números de documentos de identificação.',
    leftOut: 'Não é enviado, como a lei manda: {items}.',
  },
  en: {
    limit: '{times} until {date}, to {purpose}. You can say no.',
    purpose: '{purpose}.',
    purposeFor: '{purpose} ({reference}).',
    notMarketing: 'Not for marketing.',
    how: 'Sent encrypted; only {recipient} can open it. Bayway keeps no copy.',
    kept: 'Deleted by {date}.',
    rights: 'Ask {recipient} to show, correct or delete it; complain to {authority}; withdraw here at any time.',
    nothingElse: 'Nothing else is sent, and never the number of an identity document.',
    leftOut: 'Left out, as the law requires: {items}.',
  },
};
