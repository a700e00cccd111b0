import { randomUUID } from 'node:crypto';
import type { ActClaims, AssessAnswer, AssessmentClaims, Party } from '@bayway/contracts';
import { RoutedDetail, type ActKind, type Jurisdiction, type Language } from '@bayway/domain';
import { canonicalDigest, digestOf, epochSeconds, randomName, sign } from '@bayway/envelope';
import type { TestTrust } from '@bayway/testing';
import { nameOfActor } from '../src/asks/ask.js';

const inAll = (text: string): Record<Language, string> => ({ 'zh-Hant': text, 'zh-Hans': text, pt: text, en: text });

export const bank = {
  id: 'tsing-wan-bank',
  name: { 'zh-Hant': '青灣銀行', 'zh-Hans': '青湾银行', pt: 'Banco Tsing Wan', en: 'Tsing Wan Bank' },
  place: 'HK',
  kind: 'bank',
  contact: {
    role: {
      'zh-Hant': '個人資料保障主任',
      'zh-Hans': '个人信息保护负责人',
      pt: 'Encarregado da protecção de dados',
      en: 'Data protection officer',
    },
    email: 'privacy@tsingwan.example',
  },
  authority: {
    'zh-Hant': '個人資料私隱專員公署',
    'zh-Hans': '个人资料私隐专员公署',
    pt: 'Comissário para a Privacidade dos Dados Pessoais',
    en: 'the Privacy Commissioner for Personal Data',
  },
} as Party;

export const agency = {
  ...bank,
  id: 'pengwan-credit',
  name: { 'zh-Hant': '鵬灣徵信', 'zh-Hans': '鹏湾征信', pt: 'Pengwan Credit', en: 'Pengwan Credit Information' },
  place: 'CN-440300',
  kind: 'credit-agency',
} as Party;

/** What the bank asks of the agency, as the importer's OP routes it: valid and boring, with overrides. */
export const newDetail = (over: Record<string, unknown> = {}): RoutedDetail =>
  RoutedDetail.parse({
    type: 'data-request',
    dataset: 'credit-report',
    exporter: 'cn',
    holder: agency.id,
    items: ['subject-name', 'repayment-history', 'defaults'],
    optional_items: ['enquiries'],
    purpose: { code: 'credit-underwriting', reference: 'MA-0417' },
    valid_until: '2027-04-30',
    max_uses: 3,
    retention_until: '2027-07-31',
    recipient_key: digestOf('a key'),
    importer: 'hk',
    recipient: bank.id,
    request_id: randomUUID(),
    ...over,
  });

const item = (id: string, name: Record<Language, string>, sensitive: boolean, optional = false) =>
  ({ id, name, sensitive, optional }) as AssessAnswer['items'][number];

export const items = [
  item('subject-name', { 'zh-Hant': '姓名', 'zh-Hans': '姓名', pt: 'Nome', en: 'Name' }, false),
  item(
    'repayment-history',
    { 'zh-Hant': '還款紀錄', 'zh-Hans': '还款记录', pt: 'Historial de pagamentos', en: 'Repayment history' },
    true,
  ),
  item('defaults', { 'zh-Hant': '逾期還款', 'zh-Hans': '逾期还款', pt: 'Incumprimentos', en: 'Defaults' }, true),
  item('enquiries', { 'zh-Hant': '查閱紀錄', 'zh-Hans': '查询记录', pt: 'Consultas', en: 'Enquiries' }, true, true),
];

export const mainlandActs: AssessAnswer['acts'] = [
  { kind: 'other-handler', rules: ['CN.PIPL.23'] },
  { kind: 'sensitive', rules: ['CN.PIPL.29', 'CN.PIPL.30'] },
  { kind: 'overseas', rules: ['CN.PIPL.39'] },
];

/** An assessment as a broker signs it. */
export function newAssessment(
  trust: TestTrust,
  detail: RoutedDetail,
  { by, ...over }: { by: string } & Partial<AssessmentClaims>,
): Promise<string> {
  const claims: AssessmentClaims = {
    iss: by,
    jti: randomUUID(),
    iat: epochSeconds(new Date()),
    stage: 'ask',
    requestDigest: canonicalDigest(detail),
    outcome: 'hold',
    proceeds: true,
    missing: ['separate-consent'],
    unknown: [],
    because: ['CN.PIPL.39'],
    droppedItems: [],
    obligations: [],
    acts: [],
    factsDigest: digestOf('facts'),
    pack: { version: '2026.11', digest: digestOf('pack') },
    asOf: '2026-11-23',
    ...over,
  };
  return sign(trust.key(by, 'sig'), 'assessment', claims);
}

/** The broker's answer to an ask that may go on; both sides have signed. */
export async function newAssessed(
  trust: TestTrust,
  detail: RoutedDetail,
  over: Partial<AssessAnswer> = {},
): Promise<AssessAnswer> {
  const acts = over.acts ?? mainlandActs;
  const { exporter, importer } = detail;
  return {
    proceeds: true,
    refusal: null,
    own: await newAssessment(trust, detail, { by: `${exporter}/broker`, acts }),
    peer: importer === exporter ? null : await newAssessment(trust, detail, { by: `${importer}/broker` }),
    acts,
    level: 3,
    holder: agency,
    recipient: bank,
    dataset: {
      id: detail.dataset,
      name: { 'zh-Hant': '信貸報告', 'zh-Hans': '信用报告', pt: 'Relatório de crédito', en: 'Credit report' },
    },
    items,
    dropped: [],
    ...over,
  };
}

type Composed = Readonly<{ askId: string; askDigest: string; shownDigest: string }>;
/** `by`: whose key signs. `actor`: who acted for the subject. */
export type ActOver = Partial<Omit<ActClaims, 'by'>> & { by?: string; actor?: string };

/** One act as identity signs it. */
export function newAct(
  trust: TestTrust,
  composed: Composed,
  { by = 'cn/identity', actor, ...over }: ActOver & Pick<ActClaims, 'subject'>,
): Promise<string> {
  const claims: ActClaims = {
    iss: by,
    jti: randomUUID(),
    iat: epochSeconds(new Date()),
    askId: composed.askId as ActClaims['askId'],
    askDigest: composed.askDigest,
    shownDigest: composed.shownDigest,
    language: 'en',
    act: 'other-handler',
    answer: 'agree',
    level: 3,
    ...over,
    ...(actor ? { by: nameOfActor(composed.askId, actor) } : {}),
  };
  return sign(trust.key(by, 'sig'), 'act', claims);
}

/** Agreement to each of the acts asked for; `refuse` names those she does not agree to. */
export const newActs = (
  trust: TestTrust,
  composed: Composed & { acts: readonly ActKind[] },
  over: ActOver & Pick<ActClaims, 'subject'> & { refuse?: readonly ActKind[] },
): Promise<string[]> => {
  const { refuse = [], ...claims } = over;
  return Promise.all(
    composed.acts.map((act) =>
      newAct(trust, composed, { ...claims, act, answer: refuse.includes(act) ? 'refuse' : 'agree' }),
    ),
  );
};

/** A connector's request for leave. */
export const newPermitRequest = (over: Record<string, unknown>) => ({
  dataRequestId: randomUUID(),
  holder: agency.id,
  items: ['subject-name', 'repayment-history', 'defaults'],
  requestDigest: digestOf(randomUUID()),
  importerAssessmentDigest: digestOf(randomUUID()),
  exporterAssessmentDigest: digestOf(randomUUID()),
  ...over,
});

export const newHandle = randomName;
export const corridors: readonly (readonly [Jurisdiction, Jurisdiction])[] = [
  ['cn', 'hk'],
  ['hk', 'cn'],
  ['cn', 'mo'],
  ['mo', 'cn'],
  ['hk', 'mo'],
  ['mo', 'hk'],
  ['cn', 'cn'],
];
export { inAll };
