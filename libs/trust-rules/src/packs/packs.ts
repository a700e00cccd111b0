import { ANTI_MONEY_LAUNDERING } from './anti-money-laundering.js';
import { AREA_CONTRACT_HONG_KONG } from './area-contract-hong-kong.js';
import { AREA_CONTRACT_MACAO } from './area-contract-macao.js';
import { CERTIFICATION } from './certification.js';
import { CREDIT_REPORTING_REGULATION } from './credit-reporting-regulation.js';
import { CROSS_BORDER_PROVISIONS } from './cross-border-provisions.js';
import { CYBERSECURITY_LAW } from './cybersecurity-law.js';
import { DATA_SECURITY_LAW } from './data-security-law.js';
import { EXPORT_MEASURES } from './export-measures.js';
import { FINANCIAL_STANDARD } from './financial-standard.js';
import { GENETIC_RESOURCES } from './genetic-resources.js';
import { HONG_KONG_CODES } from './hong-kong-codes.js';
import { MACAO_LAW_8_2005 } from './macao-law-8-2005.js';
import { NETWORK_DATA_REGULATIONS } from './network-data-regulations.js';
import { PERSONAL_INFORMATION_EXPORT } from './personal-information-export.js';
import { PERSONAL_INFORMATION_LAW } from './personal-information-law.js';
import { PLATFORM } from './platform.js';
import { PRIVACY_ORDINANCE } from './privacy-ordinance.js';
import { SCHEMES } from './schemes.js';
import type { Pack } from './pack.js';

/** Every instrument of the register. A new instrument is a new file and a line here. */
export const PACKS: readonly Pack[] = [
  ...PERSONAL_INFORMATION_LAW,
  ...PERSONAL_INFORMATION_EXPORT,
  ...DATA_SECURITY_LAW,
  ...CYBERSECURITY_LAW,
  ...EXPORT_MEASURES,
  ...CERTIFICATION,
  ...CROSS_BORDER_PROVISIONS,
  ...NETWORK_DATA_REGULATIONS,
  ...CREDIT_REPORTING_REGULATION,
  ...ANTI_MONEY_LAUNDERING,
  ...GENETIC_RESOURCES,
  ...FINANCIAL_STANDARD,
  ...AREA_CONTRACT_HONG_KONG,
  ...AREA_CONTRACT_MACAO,
  ...PRIVACY_ORDINANCE,
  ...HONG_KONG_CODES,
  ...MACAO_LAW_8_2005,
  ...SCHEMES,
  ...PLATFORM,
];
