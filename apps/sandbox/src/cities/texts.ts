import { LANGUAGES, type City, type Language } from '@bayway/domain';
import type { Scheme } from './scheme.js';

/** What a city's sign-in page says. */
export type Texts = Readonly<{
  ownName: string;
  signIn: string;
  account: string;
  pin: string;
  cancel: string;
  wrong: string;
  again: string;
  simulated: string;
  accounts: string;
  ended: string;
  endedHow: string;
  schemes: Readonly<Record<Scheme['id'], string>>;
}>;

/** Written in each language, none converted from another. */
export const TEXTS: Readonly<Record<Language, Texts>> = {
  'zh-Hant': {
    ownName: '繁體',
    signIn: '登入',
    account: '帳戶',
    pin: '個人密碼',
    cancel: '取消',
    wrong: '錯誤：帳戶或個人密碼不正確。',
    again: '請再登入一次，以確認是您本人。',
    simulated: '這是沙盒中的模擬服務，並非真正的政府服務。',
    accounts: '沙盒帳戶',
    ended: '這次登入已經結束',
    endedHow: '請返回您原來的網頁，重新開始。',
    schemes: {
      'iam-smart': '智方便（模擬）',
      guangdong: '廣東統一身份認證（模擬）',
      zhejiang: '浙江政務服務（模擬）',
      'macao-one': '一戶通（模擬）',
    },
  },
  'zh-Hans': {
    ownName: '简体',
    signIn: '登录',
    account: '账号',
    pin: '密码',
    cancel: '取消',
    wrong: '错误：账号或密码不正确。',
    again: '请再次登录，确认是您本人。',
    simulated: '这是沙盒里的模拟服务，不是真实的政务服务。',
    accounts: '沙盒账号',
    ended: '本次登录已结束',
    endedHow: '请回到原来的页面重新开始。',
    schemes: {
      'iam-smart': '智方便（模拟）',
      guangdong: '广东统一身份认证（模拟）',
      zhejiang: '浙江政务服务（模拟）',
      'macao-one': '一户通（模拟）',
    },
  },
  pt: {
    ownName: 'Português',
    signIn: 'Entrar',
    account: 'Conta',
    pin: 'Código pessoal',
    cancel: 'Cancelar',
    wrong: 'Erro: a conta ou o código pessoal não está correcto.',
    again: 'Entre outra vez para confirmar a sua identidade.',
    simulated: 'Serviço simulado do ambiente de ensaio; não é o serviço público verdadeiro.',
    accounts: 'Contas de ensaio',
    ended: 'Esta entrada já terminou',
    endedHow: 'Volte à página de onde veio e comece de novo.',
    schemes: {
      'iam-smart': 'iAM Smart (simulado)',
      guangdong: 'Identidade unificada de Guangdong (simulada)',
      zhejiang: 'Serviços públicos de Zhejiang (simulados)',
      'macao-one': 'Conta Única de Macau (simulada)',
    },
  },
  en: {
    ownName: 'English',
    signIn: 'Sign in',
    account: 'Account',
    pin: 'PIN',
    cancel: 'Cancel',
    wrong: 'Error: the account or the PIN is not right.',
    again: 'Sign in once more to confirm that it is you.',
    simulated: 'A simulated service of the sandbox, not the real public service.',
    accounts: 'Sandbox accounts',
    ended: 'This sign-in has ended',
    endedHow: 'Go back to the page you came from and start again.',
    schemes: {
      'iam-smart': 'iAM Smart (simulated)',
      guangdong: 'Guangdong unified identity (simulated)',
      zhejiang: 'Zhejiang government services (simulated)',
      'macao-one': 'Macao One Account (simulated)',
    },
  },
};

/** Chinese tags as browsers send them; everything else is compared by its first part. */
function spoken(tag: string): Language | undefined {
  const lower = tag.trim().toLowerCase();
  if (/^zh-(hant|hk|mo|tw)/.test(lower)) return 'zh-Hant';
  if (lower.startsWith('zh')) return 'zh-Hans';
  return LANGUAGES.find((language) => language === lower.split('-')[0]);
}

/**
 * The language of a page: the first wish that is one of the four, else the fallback.
 * @param wishes language tags, the most wanted first; weights of `Accept-Language` are already in order
 */
export function languageFor(wishes: readonly string[], fallback: Language): Language {
  for (const wish of wishes) {
    const language = spoken(wish);
    if (language) return language;
  }
  return fallback;
}

/** The language in which a city speaks when the browser names none of ours. */
export const languageOf = (city: City): Language =>
  city.place === 'HK' || city.place === 'MO' ? 'zh-Hant' : 'zh-Hans';
