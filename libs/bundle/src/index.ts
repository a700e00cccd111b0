export * from './assemble.js';
export * from './checks.js';
export { MAX_BYTES } from './canonical.js';
export {
  AnyBundle,
  BUNDLE_FORMAT,
  Bundle,
  Objects,
  originOf,
  Pins,
  REFUSAL_FORMAT,
  RefusalBundle,
  type SideName,
  SIDES,
  witnessNameOf,
} from './format.js';
export * from './public-evidence.js';
export { type Signatures, webSignatures } from './signatures.js';
export type { ExchangeSummary, RefusalSummary, Summary } from './summary.js';
export * from './verify-bundle.js';
