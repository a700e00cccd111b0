import type { Purpose } from './dataset.js';

/** Any change below is a new version; a spec holds each version to its digest. */
export const TEMPLATES_VERSION = 1;

/** What a request for one purpose may ask for at most. Days are calendar days of the Bay from the day of the ask. */
export type Limits = Readonly<{
  /** The consent may be used for so many days. */
  days: number;
  uses: number;
  /** Uses of a day, where a frequency is stated. */
  perDay: number;
  /** A stated range of the record covers so many days. */
  rangeDays: number;
  /** The recipient keeps it for so many days. */
  retentionDays: number;
}>;

/** Limits of some purposes, of one dataset or of any. */
export type Template = Readonly<{ id: string; dataset: string | null; purposes: readonly Purpose[]; limits: Limits }>;

const YEAR = 366;

/**
 * Which purpose may ask for how much (PIPL 6 and 19: no more and no longer than the purpose needs; PDPO DPP 1(1), 2(2);
 * Macao Law 8/2005 article 5). The more specific one counts: a dataset's own before any dataset's.
 */
export const templates: readonly Template[] = [
  {
    id: 'credit-report-employment',
    dataset: 'credit-report',
    purposes: ['employment-check', 'human-resources'],
    limits: { days: 31, uses: 1, perDay: 1, rangeDays: 2 * YEAR, retentionDays: 183 },
  },
  {
    // Regulation on the Credit Reporting Industry, article 16: adverse information is kept for five years.
    id: 'credit',
    dataset: null,
    purposes: ['credit-underwriting', 'account-review', 'debt-collection', 'group-risk-analytics', 'risk-screening'],
    limits: { days: YEAR, uses: 1000, perDay: 100, rangeDays: 5 * YEAR, retentionDays: 5 * YEAR },
  },
  {
    id: 'care',
    dataset: null,
    purposes: ['treatment', 'emergency-treatment', 'diagnosis'],
    limits: { days: 2 * YEAR, uses: 500, perDay: 24, rangeDays: 100 * YEAR, retentionDays: 15 * YEAR },
  },
  {
    id: 'one-decision',
    dataset: null,
    purposes: [
      'account-opening',
      'customer-onboarding',
      'school-admission',
      'employment-check',
      'insurance-underwriting',
      'document-validation',
      'public-service',
      'residence-settlement',
    ],
    limits: { days: 92, uses: 12, perDay: 4, rangeDays: 10 * YEAR, retentionDays: 5 * YEAR },
  },
  {
    // PDPO part 6A and PIPL 24: what serves advertising only is kept shortest.
    id: 'marketing',
    dataset: null,
    purposes: ['direct-marketing'],
    limits: { days: 183, uses: 6, perDay: 1, rangeDays: YEAR, retentionDays: YEAR },
  },
];

/** Any other purpose. */
export const standingTemplate: Template = {
  id: 'standing',
  dataset: null,
  purposes: [],
  limits: { days: YEAR, uses: YEAR, perDay: 2, rangeDays: 10 * YEAR, retentionDays: 7 * YEAR },
};
