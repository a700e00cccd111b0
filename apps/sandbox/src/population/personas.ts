import type { PersonWish } from './person-factory.js';

type Persona = PersonWish & Required<Pick<PersonWish, 'login' | 'name' | 'sex' | 'bornOn'>>;

/**
 * People with a part to play in guides and tests; README lists them. Logins are stable: documents and accounts follow
 * from the seed, names and levels stand here.
 */
export const PERSONAS: readonly Persona[] = [
  {
    // Lives in Hong Kong, works in Shenzhen: the main job.
    login: 'chan.meiyee',
    name: { zh: '陳美怡', latin: 'CHAN Mei Yee' },
    sex: 'female',
    bornOn: '1988-05-17',
    home: 'HK',
    holds: ['home-return-permit'],
    accounts: { 'hong-kong': 'iamsmart-plus', shenzhen: 'gd-4' },
    creditFile: true,
  },
  {
    // Somebody else with the same kind of documents and file.
    login: 'wong.kahou',
    name: { zh: '黃家豪', latin: 'WONG Ka Hou' },
    sex: 'male',
    bornOn: '1979-11-02',
    home: 'HK',
    holds: ['home-return-permit', 'residence-permit'],
    accounts: { 'hong-kong': 'iamsmart-plus', shenzhen: 'gd-4' },
    creditFile: true,
  },
  {
    // Everything in order except the level of both accounts.
    login: 'lee.lowlevel',
    name: { zh: '李樂文', latin: 'LEE Lok Man' },
    sex: 'male',
    bornOn: '1996-02-29',
    home: 'HK',
    holds: ['home-return-permit'],
    accounts: { 'hong-kong': 'iamsmart', shenzhen: 'gd-2' },
    creditFile: true,
  },
  {
    // Can prove who she is, but the agency has never heard of her.
    login: 'ho.nofile',
    name: { zh: '何詠欣', latin: 'HO Wing Yan' },
    sex: 'female',
    bornOn: '2001-08-23',
    home: 'HK',
    holds: ['home-return-permit'],
    accounts: { 'hong-kong': 'iamsmart-plus', shenzhen: 'gd-4' },
    creditFile: false,
  },
  {
    // Has no Mainland document at all.
    login: 'yip.nopermit',
    name: { zh: '葉志明', latin: 'YIP Chi Ming' },
    sex: 'male',
    bornOn: '1963-12-09',
    home: 'HK',
    accounts: { 'hong-kong': 'iamsmart-plus' },
    creditFile: false,
  },
  {
    // Lives in Macao, works in Zhuhai.
    login: 'lei.kaman',
    name: { zh: '李嘉敏', latin: 'LEI KA MAN' },
    sex: 'female',
    bornOn: '1991-03-30',
    home: 'MO',
    holds: ['home-return-permit'],
    accounts: { macao: 'mo-account-2fa', zhuhai: 'gd-4' },
    creditFile: true,
  },
  {
    login: 'rosario.ana',
    name: { zh: null, latin: 'Ana do Rosário' },
    sex: 'female',
    bornOn: '1985-10-05',
    home: 'MO',
    accounts: { macao: 'mo-account-2fa' },
    creditFile: false,
  },
  {
    login: 'liang.xiaotong',
    name: { zh: '梁晓彤', latin: 'LIANG Xiaotong' },
    sex: 'female',
    bornOn: '1994-06-14',
    home: 'CN-440400',
    accounts: { zhuhai: 'gd-4' },
    creditFile: true,
  },
  {
    login: 'zhou.jianhua',
    name: { zh: '周建华', latin: 'ZHOU Jianhua' },
    sex: 'male',
    bornOn: '1972-01-20',
    home: 'CN-440300',
    accounts: { shenzhen: 'gd-5' },
    creditFile: true,
  },
  {
    // Ten years in Hangzhou, now in Hong Kong: her record cannot follow her the direct way.
    login: 'shen.yuning',
    name: { zh: '沈雨宁', latin: 'SHEN Yuning' },
    sex: 'female',
    bornOn: '1990-09-09',
    home: 'CN-330100',
    holds: ['hkid'],
    accounts: { hangzhou: 'zj-4', 'hong-kong': 'iamsmart-plus' },
    creditFile: false,
  },
  {
    // Lives in Macao, was born in Hong Kong, banks in both.
    login: 'ng.saikit',
    name: { zh: '吳世傑', latin: 'NG SAI KIT' },
    sex: 'male',
    bornOn: '1983-02-11',
    home: 'MO',
    holds: ['hkid'],
    accounts: { macao: 'mo-account-2fa', 'hong-kong': 'iamsmart-plus' },
    creditFile: false,
  },
];

/** Children of personas: known to holders, without an account at a city; a parent answers for them. */
export const CHILDREN: readonly Persona[] = [
  {
    // Of Chan Mei Yee; has a savings account.
    login: 'chan.lokyiu',
    name: { zh: '陳樂瑤', latin: 'CHAN Lok Yiu' },
    sex: 'female',
    bornOn: '2017-04-12',
    home: 'HK',
    accounts: {},
    creditFile: false,
  },
];
