/** Why a request is forbidden; named in explanations and findings, not part of the public decision format. */
export const FORBID_REASONS = [
  'nothing-left-to-send',
  'important-data-under-area-contract',
  'recipient-on-restricted-list',
  'consent-withdrawn',
  'volume-split',
  'new-purpose-without-consent',
  'credit-data-stay-in-hong-kong',
  'leaves-the-area',
  'recipient-changed-purpose',
  'organisation-asks',
  'source-sends-to-recipient',
  'content-crosses-in-check',
  'platform-serves-institutions-only',
  'scheme-not-started',
  'scheme-serves-other-places',
  'hospital-not-designated',
  'scheme-age-limit',
  'foreign-authority-without-approval',
  'contract-data-to-foreign-authority',
] as const;
export type ForbidReason = (typeof FORBID_REASONS)[number];
