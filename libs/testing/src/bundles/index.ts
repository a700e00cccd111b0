export { bundleOfParts } from './of-parts.js';
export { runVerifyPy, SecondVerifier } from './second-verifier.js';
export { claimsOf, evidenceOf, Log } from './logs.js';
export type { ExchangeSetting, Over } from './objects.js';
export { BundleWorld, newBundle, newRefusal, SMALL_EXCHANGE } from './world.js';
