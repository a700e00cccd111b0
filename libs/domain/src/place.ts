import { z } from 'zod';

/** The three jurisdictions, in shore order (east to west, then inland). */
export const JURISDICTIONS = ['hk', 'mo', 'cn'] as const;

/** A jurisdiction of the Bay: Hong Kong, Macao or the Mainland. */
export const Jurisdiction = z.enum(JURISDICTIONS);
export type Jurisdiction = z.infer<typeof Jurisdiction>;

/** A place as the trust rules name it: `HK`, `MO`, `CN-` with a GB/T 2260 city code, or an ISO 3166-1 code. */
export const Place = z
  .string()
  .max(9)
  .regex(/^(CN-[1-9][0-9]{5}|(?!CN$)[A-Z]{2})$/);
export type Place = z.infer<typeof Place>;

/** The eleven cities of the Bay by shore order, then Hangzhou; names as the pages show them. */
export const CITIES = [
  {
    place: 'HK',
    slug: 'hong-kong',
    bay: true,
    names: { 'zh-Hant': '香港', 'zh-Hans': '香港', pt: 'Hong Kong', en: 'Hong Kong' },
  },
  {
    place: 'CN-440300',
    slug: 'shenzhen',
    bay: true,
    names: { 'zh-Hant': '深圳', 'zh-Hans': '深圳', pt: 'Shenzhen', en: 'Shenzhen' },
  },
  {
    place: 'CN-441300',
    slug: 'huizhou',
    bay: true,
    names: { 'zh-Hant': '惠州', 'zh-Hans': '惠州', pt: 'Huizhou', en: 'Huizhou' },
  },
  {
    place: 'CN-441900',
    slug: 'dongguan',
    bay: true,
    names: { 'zh-Hant': '東莞', 'zh-Hans': '东莞', pt: 'Dongguan', en: 'Dongguan' },
  },
  {
    place: 'CN-440100',
    slug: 'guangzhou',
    bay: true,
    names: { 'zh-Hant': '廣州', 'zh-Hans': '广州', pt: 'Cantão', en: 'Guangzhou' },
  },
  {
    place: 'CN-440600',
    slug: 'foshan',
    bay: true,
    names: { 'zh-Hant': '佛山', 'zh-Hans': '佛山', pt: 'Foshan', en: 'Foshan' },
  },
  {
    place: 'CN-441200',
    slug: 'zhaoqing',
    bay: true,
    names: { 'zh-Hant': '肇慶', 'zh-Hans': '肇庆', pt: 'Zhaoqing', en: 'Zhaoqing' },
  },
  {
    place: 'CN-442000',
    slug: 'zhongshan',
    bay: true,
    names: { 'zh-Hant': '中山', 'zh-Hans': '中山', pt: 'Zhongshan', en: 'Zhongshan' },
  },
  {
    place: 'CN-440700',
    slug: 'jiangmen',
    bay: true,
    names: { 'zh-Hant': '江門', 'zh-Hans': '江门', pt: 'Jiangmen', en: 'Jiangmen' },
  },
  {
    place: 'CN-440400',
    slug: 'zhuhai',
    bay: true,
    names: { 'zh-Hant': '珠海', 'zh-Hans': '珠海', pt: 'Zhuhai', en: 'Zhuhai' },
  },
  { place: 'MO', slug: 'macao', bay: true, names: { 'zh-Hant': '澳門', 'zh-Hans': '澳门', pt: 'Macau', en: 'Macao' } },
  {
    place: 'CN-330100',
    slug: 'hangzhou',
    bay: false,
    names: { 'zh-Hant': '杭州', 'zh-Hans': '杭州', pt: 'Hangzhou', en: 'Hangzhou' },
  },
] as const satisfies readonly City[];

/** A city with a sign-in of its own. */
export type City = Readonly<{ place: Place; slug: string; bay: boolean; names: Readonly<Record<Language, string>> }>;

/** The four languages of the product; each is written, none converted. */
export const LANGUAGES = ['zh-Hant', 'zh-Hans', 'pt', 'en'] as const;
export const Language = z.enum(LANGUAGES);
export type Language = z.infer<typeof Language>;

/** The jurisdiction a place belongs to, or null for a place outside the three. */
export function jurisdictionOf(place: Place): Jurisdiction | null {
  if (place === 'HK') return 'hk';
  if (place === 'MO') return 'mo';
  return place.startsWith('CN-') ? 'cn' : null;
}
