import { consent } from './zh-hant/consent.js';
import { law } from './zh-hant/law.js';
import { page } from './zh-hant/page.js';
import { record } from './zh-hant/record.js';

/** Characters and words that Macao writes differently from Hong Kong. Official titles are left as they are. */
const MACAO_FORMS: readonly (readonly [hongKong: string, macao: string])[] = [
  ['紀錄', '記錄'],
  ['裏', '裡'],
  ['戶口', '賬戶'],
  ['帳戶', '賬戶'],
  ['私隱', '隱私'],
];

const rewrite = (text: string): string =>
  MACAO_FORMS.reduce((written, [hongKong, macao]) => written.replaceAll(hongKong, macao), text);

/** The same words in Macao's form, at every depth. */
function inMacao<T>(words: T): T {
  if (typeof words === 'string') return rewrite(words) as T;
  if (Array.isArray(words)) return words.map(inMacao) as T;
  if (typeof words !== 'object' || words === null) return words;
  return Object.fromEntries(Object.entries(words).map(([key, value]) => [key, inMacao(value)])) as T;
}

const macaoRecord = inMacao(record);

/** Traditional Chinese as written in Macao. Its social insurance scheme has a name of its own. */
export const zhHantMo = {
  ...inMacao(page),
  ...inMacao(consent),
  ...macaoRecord,
  categories: { ...macaoRecord.categories, 'social-insurance': '社會保障記錄' },
  ...law,
};
