import { LEGAL_CN } from './receipt-context.js';

type Term = Readonly<{
  id: string;
  en: string;
  zh: string;
  /** Article of the Personal Information Protection Law, unless another law is named. */
  article: string;
  /** The wider DPV term. */
  broader: string;
}>;

/** What Mainland law adds to DPV 2.3, which has `legal/hk` and `legal/mo` and none for `cn`. */
const TERMS: readonly Term[] = [
  { id: 'PIPL', en: 'Personal Information Protection Law', zh: '个人信息保护法', article: '', broader: 'dpv:Law' },
  {
    id: 'CAC',
    en: 'Cyberspace Administration of China',
    zh: '国家互联网信息办公室',
    article: '60',
    broader: 'dpv:DataProtectionAuthority',
  },
  {
    id: 'Handler',
    en: 'Personal information handler',
    zh: '个人信息处理者',
    article: '73',
    broader: 'dpv:DataController',
  },
  {
    id: 'Consent',
    en: 'Consent, voluntary, explicit and fully informed',
    zh: '在充分知情的前提下自愿、明确作出的同意',
    article: '14',
    broader: 'dpv:ExplicitlyExpressedConsent',
  },
  {
    id: 'SeparateConsent',
    en: 'Separate consent',
    zh: '单独同意',
    article: '14',
    broader: 'dpv:ExplicitlyExpressedConsent',
  },
  {
    id: 'SeparateConsentOtherHandler',
    en: 'Separate consent to provision to another handler',
    zh: '向其他个人信息处理者提供的单独同意',
    article: '23',
    broader: 'cn:SeparateConsent',
  },
  {
    id: 'SeparateConsentSensitive',
    en: 'Separate consent to the handling of sensitive personal information',
    zh: '处理敏感个人信息的单独同意',
    article: '29',
    broader: 'cn:SeparateConsent',
  },
  {
    id: 'SeparateConsentOverseas',
    en: 'Separate consent to provision outside the Mainland',
    zh: '向境外提供的单独同意',
    article: '39',
    broader: 'cn:SeparateConsent',
  },
  {
    id: 'GuardianConsent',
    en: 'Consent of a parent or other guardian of a minor under fourteen',
    zh: '未满十四周岁未成年人的父母或者其他监护人的同意',
    article: '31',
    broader: 'dpv:ExplicitlyExpressedConsent',
  },
  {
    id: 'WrittenConsentCreditReport',
    en: 'Written consent to looking up credit information',
    zh: '查询信用信息的书面同意',
    article: 'CRIR 18',
    broader: 'dpv:ExplicitlyExpressedConsent',
  },
  {
    id: 'isSensitive',
    en: 'is sensitive personal information',
    zh: '属于敏感个人信息',
    article: '28',
    broader: 'dpv:hasSensitivity',
  },
  {
    id: 'RightAccess',
    en: 'Right to consult and copy',
    zh: '查阅、复制权',
    article: '45',
    broader: 'dpv:DataSubjectRight',
  },
  {
    id: 'RightCorrection',
    en: 'Right to correction and completion',
    zh: '更正、补充权',
    article: '46',
    broader: 'dpv:DataSubjectRight',
  },
  { id: 'RightDeletion', en: 'Right to deletion', zh: '删除权', article: '47', broader: 'dpv:DataSubjectRight' },
  {
    id: 'RightWithdrawal',
    en: 'Right to withdraw consent',
    zh: '撤回同意的权利',
    article: '15',
    broader: 'dpv:DataSubjectRight',
  },
  {
    id: 'RightComplaint',
    en: 'Right to complain and report',
    zh: '投诉、举报权',
    article: '65',
    broader: 'dpv:DataSubjectRight',
  },
];

/** The vocabulary `legal/cn` as JSON-LD (SKOS), published in `docs/generated/legal-cn.jsonld`. */
export const legalCn = {
  '@context': {
    skos: 'http://www.w3.org/2004/02/skos/core#',
    dct: 'http://purl.org/dc/terms/',
    dpv: 'https://w3id.org/dpv#',
    cn: LEGAL_CN,
    prefLabel: { '@id': 'skos:prefLabel', '@container': '@language' },
    broader: { '@id': 'skos:broader', '@type': '@id' },
    source: 'dct:source',
  },
  '@graph': TERMS.map(({ id, en, zh, article, broader }) => ({
    '@id': `cn:${id}`,
    '@type': 'skos:Concept',
    prefLabel: { en, 'zh-Hans': zh },
    ...(article === '' ? {} : { source: article.includes(' ') ? article : `PIPL ${article}` }),
    broader,
  })),
};
