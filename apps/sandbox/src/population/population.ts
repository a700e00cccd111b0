import { CITIES, type Place } from '@bayway/domain';
import { cityOf, schemeOf } from '../cities/scheme.js';
import { PersonFactory, type PersonWish } from './person-factory.js';
import type { Organisation, Person } from './person.js';
import { CHILDREN, PERSONAS } from './personas.js';
import { randomFrom, type Random } from './random.js';

/** The people and organisations of the sandbox. */
export type Population = Readonly<{ people: readonly Person[]; organisations: readonly Organisation[] }>;

/** The seed from which `npm start` makes its population. */
export const DEFAULT_SEED = 'bayway';

const SIZE = 1_000;

/** Residents per thousand, roughly as the cities compare. */
const SHARE: Readonly<Record<string, number>> = {
  'hong-kong': 220,
  shenzhen: 170,
  huizhou: 40,
  dongguan: 70,
  guangzhou: 170,
  foshan: 70,
  zhaoqing: 30,
  zhongshan: 40,
  jiangmen: 40,
  zhuhai: 40,
  macao: 70,
  hangzhou: 40,
};

/** Where people of Hong Kong and Macao have a second account, by weight. */
const SECOND_CITY: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  HK: { shenzhen: 60, guangzhou: 15, dongguan: 10, foshan: 5, huizhou: 5, zhongshan: 5 },
  MO: { zhuhai: 70, zhongshan: 15, guangzhou: 15 },
};

const LEVELS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'iam-smart': { iamsmart: 60, 'iamsmart-plus': 40 },
  guangdong: { 'gd-2': 10, 'gd-3': 30, 'gd-4': 50, 'gd-5': 10 },
  zhejiang: { 'zj-2': 10, 'zj-3': 30, 'zj-4': 60 },
  'macao-one': { 'mo-account': 60, 'mo-account-2fa': 40 },
};

const levelAt = (slug: string, random: Random): string => random.weighted(LEVELS[schemeOf(cityOf(slug)).id] ?? {});

function crossBorder(home: 'HK' | 'MO', random: Random): Pick<PersonWish, 'holds' | 'accounts' | 'creditFile'> {
  if (!random.chance(55)) return { accounts: {}, creditFile: false };
  const settled = random.chance(25);
  const second = random.weighted(SECOND_CITY[home] ?? {});
  const registered = settled || random.chance(60);
  return {
    holds: settled ? ['home-return-permit', 'residence-permit'] : ['home-return-permit'],
    accounts: registered ? { [second]: levelAt(second, random) } : {},
    creditFile: registered && random.chance(second === 'shenzhen' ? 70 : 20),
  };
}

/** How many in a hundred residents of a Mainland city the Shenzhen agency keeps a file about. */
const FILE_RATE = (home: Place): number => (home === 'CN-440300' ? 85 : home.startsWith('CN-44') ? 25 : 5);

function drawnWish(home: Place, slug: string, random: Random): PersonWish {
  const own = { [slug]: levelAt(slug, random) };
  if (home !== 'HK' && home !== 'MO') return { home, accounts: own, creditFile: random.chance(FILE_RATE(home)) };
  const cross = crossBorder(home, random);
  return { home, ...cross, accounts: { ...own, ...cross.accounts } };
}

const ORGANISATIONS: readonly Omit<Organisation, 'document'>[] = [
  {
    id: 'tsing-wan-bank',
    name: { zh: '青灣銀行有限公司', latin: 'Tsing Wan Bank Limited' },
    place: 'HK',
    signatories: ['wong.kahou'],
    creditFile: false,
  },
  {
    id: 'pengwan-credit',
    name: { zh: '鹏湾征信有限公司', latin: 'Pengwan Credit Information Co., Ltd.' },
    place: 'CN-440300',
    signatories: ['zhou.jianhua'],
    creditFile: false,
  },
  {
    id: 'meiyee-design',
    name: { zh: '美怡設計有限公司', latin: 'Mei Yee Design Limited' },
    place: 'HK',
    signatories: ['chan.meiyee'],
    creditFile: false,
  },
  {
    id: 'qianwan-trading',
    name: { zh: '前湾贸易有限公司', latin: 'Qianwan Trading Co., Ltd.' },
    place: 'CN-440300',
    signatories: ['zhou.jianhua', 'chan.meiyee'],
    creditFile: true,
  },
  {
    id: 'lanhai-technology',
    name: { zh: '蓝海科技有限公司', latin: 'Lanhai Technology Co., Ltd.' },
    place: 'CN-440400',
    signatories: ['liang.xiaotong', 'lei.kaman'],
    creditFile: true,
  },
];

/**
 * A thousand residents of the eleven Bay cities and Hangzhou, the personas first, children of personas, and a few organisations.
 * @param seed any text; the same text gives the same population everywhere
 */
export function makePopulation(seed: string = DEFAULT_SEED): Population {
  const factory = new PersonFactory(seed);
  const people = PERSONAS.map((persona) => factory.make(persona));
  for (const city of CITIES) {
    const personas = PERSONAS.filter(({ home }) => home === city.place).length;
    const random = randomFrom(`${seed} ${city.slug}`);
    for (let n = personas; n < ((SHARE[city.slug] ?? 0) * SIZE) / 1_000; n += 1) {
      people.push(factory.make(drawnWish(city.place, city.slug, random)));
    }
  }
  // Last, so that everybody else is who he was.
  people.push(...CHILDREN.map((child) => factory.make(child)));
  const organisations = ORGANISATIONS.map((each) => ({ ...each, document: factory.organisationDocument(each.place) }));
  return { people, organisations };
}
