export { claimsOf, evidenceOf, Log } from './logs.js';
export type { ExchangeSetting, Over } from './objects.js';
export { BundleWorld, newBundle, newRefusal, SMALL_EXCHANGE } from './world.js';
