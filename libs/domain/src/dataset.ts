import { z } from 'zod';

/** Category of a data item; the trust rules know how sensitive each is under each law. */
export const DataCategory = z.enum([
  'credit-report',
  'bank-statement',
  'asset-proof',
  'transaction-history',
  'kyc-file',
  'bank-account',
  'identity-document',
  'hkid-copy',
  'address-proof',
  'contact-details',
  'income-tax',
  'social-insurance',
  'property',
  'marriage',
  'education',
  'professional-licence',
  'driving-licence',
  'employment-record',
  'medical',
  'vaccination',
  'insurance-claim',
  'genetic',
  'biometric',
  'religion',
  'criminal-record',
  'travel-history',
  'membership',
  'auth-secret',
]);
export type DataCategory = z.infer<typeof DataCategory>;

/** What data are collected or asked for. */
export const Purpose = z.enum([
  'credit-underwriting',
  'account-opening',
  'account-review',
  'aml-check',
  'direct-marketing',
  'treatment',
  'emergency-treatment',
  'diagnosis',
  'research',
  'school-admission',
  'employment-check',
  'human-resources',
  'insurance-underwriting',
  'claims-handling',
  'retirement-planning',
  'debt-collection',
  'group-risk-analytics',
  'risk-screening',
  'customer-onboarding',
  'service-support',
  'membership-service',
  'delivery',
  'outsourced-processing',
  'document-validation',
  'litigation',
  'investigation',
  'public-service',
  'residence-settlement',
]);
export type Purpose = z.infer<typeof Purpose>;

/** Kind of a party to a transfer; absent means company. */
export const PartyKind = z.enum([
  'company',
  'bank',
  'insurer',
  'hospital',
  'laboratory',
  'school',
  'credit-agency',
  'selected-cra',
  'macao-credit-platform',
  'state-organ',
  'public-affairs-body',
  'ehealth-system',
]);
export type PartyKind = z.infer<typeof PartyKind>;

/** Sector, read only for the pilot of the Hong Kong standard contract. */
export const Sector = z.enum(['banking', 'credit-referencing', 'healthcare', 'other']);
export type Sector = z.infer<typeof Sector>;

/** The legal mechanism of a transfer. */
export const InstrumentKind = z.enum([
  'none',
  'gba-sc-hk',
  'gba-sc-mo',
  'national-scc',
  'certification',
  'gba-certification',
  'security-assessment',
  'hk-rmc',
]);
export type InstrumentKind = z.infer<typeof InstrumentKind>;
