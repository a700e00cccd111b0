/** The checks of a bundle in their order; the first that fails is the verdict. `docs/evidence-bundle.md` explains each. */
export const CHECKS = {
  1: 'size',
  2: 'characters',
  3: 'canonical',
  4: 'shape',
  5: 'key-header',
  6: 'key-signature',
  7: 'key-entry',
  8: 'log-signature',
  9: 'cosignature',
  10: 'key-logged',
  11: 'header',
  12: 'signer',
  13: 'signature',
  14: 'claims',
  15: 'signer-allowed',
  16: 'link',
  17: 'witnesses',
  18: 'logged',
  19: 'order',
  20: 'unused',
} as const;
export type CheckNumber = keyof typeof CHECKS;

/** What was wrong first: the number and name of the check, where in the bundle (RFC 6901 pointer), and in words. */
export type Fault = Readonly<{ check: CheckNumber; name: string; at: string; detail: string }>;

/** A check that does not hold. Its words never quote the bundle. */
export class BundleFault extends Error {
  readonly fault: Fault;

  constructor(check: CheckNumber, at: string, detail: string) {
    super(`check ${check} (${CHECKS[check]}) at \`${at}\`: ${detail}`);
    this.fault = { check, name: CHECKS[check], at, detail };
  }
}

/** Names the check once for everything that is checked at one place. */
export const checkAt = (check: CheckNumber, at: string) => (holds: boolean, detail: string) => {
  if (!holds) throw new BundleFault(check, at, detail);
};
