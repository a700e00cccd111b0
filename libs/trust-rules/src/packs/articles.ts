import type { Text } from './pack.js';

/** Articles whose label does not follow the pattern of `art N` or `s.N`, as each language writes them. */
const NAMED: Readonly<Record<string, readonly [en: string, hant: string, hans: string, pt: string]>> = {
  'art 73(3)': ['article 73(3)', '第七十三條第(三)項', '第七十三条第(三)项', 'artigo 73.º, n.º 3'],
  'art 5(1)(1)': ['article 5(1)(1)', '第五條第一款第(一)項', '第五条第一款第(一)项', 'artigo 5.º, n.º 1, alínea 1)'],
  'art 5(1)(2)': ['article 5(1)(2)', '第五條第一款第(二)項', '第五条第一款第(二)项', 'artigo 5.º, n.º 1, alínea 2)'],
  'art 5(1)(3)': ['article 5(1)(3)', '第五條第一款第(三)項', '第五条第一款第(三)项', 'artigo 5.º, n.º 1, alínea 3)'],
  'art 5(1)(4)': ['article 5(1)(4)', '第五條第一款第(四)項', '第五条第一款第(四)项', 'artigo 5.º, n.º 1, alínea 4)'],
  'art 4(1)': ['article 4(1)', '第四條第(一)項', '第四条第(一)项', 'artigo 4.º, n.º 1'],
  'art 4(2)': ['article 4(2)', '第四條第(二)項', '第四条第(二)项', 'artigo 4.º, n.º 2'],
  'art 20(1)': ['article 20(1)', '第二十條第一款', '第二十条第一款', 'artigo 20.º, n.º 1'],
  'art 20(2)': ['article 20(2)', '第二十條第二款', '第二十条第二款', 'artigo 20.º, n.º 2'],
  'art 21(1)': ['article 21(1)', '第二十一條第一款', '第二十一条第一款', 'artigo 21.º, n.º 1'],
  'art 7, 9 (number to check)': ['articles 7 and 9', '第七條、第九條', '第七条、第九条', 'artigos 7.º e 9.º'],
  'clause 3': ['clause 3', '第三條（合同條款）', '第三条（合同条款）', 'cláusula 3'],
  'clause 3 (third party, number to check)': [
    'clause 3, third parties',
    '第三條（第三方）',
    '第三条（第三方）',
    'cláusula 3, terceiros',
  ],
  'contract terms (numbers to check)': ['contract terms', '合同條款', '合同条款', 'termos do contrato'],
  whole: ['whole text', '全文', '全文', 'texto integral'],
  pilot: ['pilot arrangement', '先行先試安排', '先行先试安排', 'fase piloto'],
  'class C3': ['class C3', 'C3類別', 'C3类别', 'classe C3'],
  DPP1: ['data protection principle 1', '保障資料第1原則', '保障资料第1原则', 'princípio 1 (DPP1)'],
  DPP2: ['data protection principle 2', '保障資料第2原則', '保障资料第2原则', 'princípio 2 (DPP2)'],
  DPP3: ['data protection principle 3', '保障資料第3原則', '保障资料第3原则', 'princípio 3 (DPP3)'],
  DPP4: ['data protection principle 4', '保障資料第4原則', '保障资料第4原则', 'princípio 4 (DPP4)'],
  'para 3.2': ['paragraph 3.2', '第3.2段', '第3.2段', 'parágrafo 3.2'],
  'para 3.3': ['paragraph 3.3', '第3.3段', '第3.3段', 'parágrafo 3.3'],
  'sets 1-2': ['sets 1 and 2', '第1及第2套', '第1及第2套', 'conjuntos 1 e 2'],
  'industry rule': ['rule of the industry', '業界規則', '业界规则', 'regra do sector'],
  scheme: ['scheme', '計劃安排', '计划安排', 'regime'],
  extension: ['extension', '擴展安排', '扩展安排', 'alargamento'],
  circulars: ['circulars', '通告', '通告', 'circulares'],
  carry: ['carrying and checking', '攜帶及核驗', '携带及核验', 'transporte e verificação'],
  signatory: ['authorised signatory', '獲授權簽署人', '授权签字人', 'signatário autorizado'],
  assurance: ['identity level', '身份核實等級', '身份核实等级', 'nível de identidade'],
};

const DIGITS = '零一二三四五六七八九';

/** 1 to 99 in Chinese numerals, as statutes number their articles. */
function numeral(n: number): string {
  if (n < 10) return DIGITS.charAt(n);
  const tens = Math.floor(n / 10);
  return `${tens > 1 ? DIGITS.charAt(tens) : ''}十${n % 10 > 0 ? DIGITS.charAt(n % 10) : ''}`;
}

/** The label of an article in each language. Throws a RangeError for a label nobody has written. */
export function articleIn(article: string): Text {
  const named = NAMED[article];
  if (named) return { en: named[0], 'zh-Hant': named[1], 'zh-Hans': named[2], pt: named[3] };
  const [, kind, number] = /^(art |s\.)([0-9]+[A-Z]?)$/.exec(article) ?? [];
  if (!number) throw new RangeError(`no label for article \`${article}\``);
  const chinese = kind === 'art ' ? numeral(Number(number)) : number;
  return {
    en: `${kind === 'art ' ? 'article' : 'section'} ${number}`,
    'zh-Hant': `第${chinese}條`,
    'zh-Hans': `第${chinese}条`,
    pt: `artigo ${number.replace(/^([0-9]+)/, '$1.º')}`.replace(/º([A-Z])$/, 'º-$1'),
  };
}
