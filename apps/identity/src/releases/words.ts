import type { Language } from '@bayway/domain';

/** Words of the page on which she lets an app know her name. */
type Words = Readonly<{
  title: string;
  lead: string;
  sees: string;
  pseudonym: string;
  name: string;
  offline: string;
  note: string;
  go: string;
}>;

/** Each is written for its readers, none converted from another. */
export const words: Readonly<Record<Language, Words>> = {
  'zh-Hant': {
    title: '{client}想知道您的資料',
    lead: '由您決定。即使一項都不選，您仍可登入。',
    sees: '{client}會得到什麼',
    pseudonym: '只屬於這個應用程式的代號。其他人不能憑它認出您。',
    name: '我的姓名',
    offline: '您離開後，它仍可保持連接，最長 14 天。',
    note: '可以不選。證件號碼從不提供。',
    go: '繼續',
  },
  'zh-Hans': {
    title: '{client}想知道您的信息',
    lead: '由您决定。即使一项都不选，您仍可登录。',
    sees: '{client}会得到什么',
    pseudonym: '只属于这个应用的代号。其他人不能凭它认出您。',
    name: '我的姓名',
    offline: '您离开后，它仍可保持连接，最长 14 天。',
    note: '可以不选。证件号码从不提供。',
    go: '继续',
  },
  pt: {
    title: '{client} gostaria de saber mais sobre si',
    lead: 'A decisão é sua. Pode entrar mesmo sem escolher nada.',
    sees: 'O que {client} recebe',
    pseudonym: 'Um código só para esta aplicação. Mais ninguém a reconhece por ele.',
    name: 'O meu nome',
    offline: 'Fica ligada até 14 dias, mesmo na sua ausência.',
    note: 'Pode ficar por escolher. O número do documento nunca é dado.',
    go: 'Continuar',
  },
  en: {
    title: '{client} would like to know about you',
    lead: 'You decide. You can sign in without choosing anything.',
    sees: 'What {client} gets',
    pseudonym: 'A code that is for this app only. Nobody else can recognise you by it.',
    name: 'My name',
    offline: 'It stays connected for up to 14 days, also while you are away.',
    note: 'May be left out. Document numbers are never given.',
    go: 'Continue',
  },
};
