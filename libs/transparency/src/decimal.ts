import { TransparencyError } from './transparency-error.js';

/**
 * A non-negative whole number written in ASCII decimal without leading zeroes, 0 to 2^53 - 1. The formats allow 64 bits;
 * larger numbers are refused, never rounded.
 *
 * @throws TransparencyError `number-invalid`
 */
export function parseDecimal(text: string): number {
  const value = /^(?:0|[1-9][0-9]{0,15})$/.test(text) ? Number(text) : Number.NaN;
  return wholeNumber(value);
}

/**
 * Passes a whole number of 0 to 2^53 - 1 through.
 *
 * @throws TransparencyError `number-invalid`
 */
export function wholeNumber(value: number): number {
  if (!Number.isSafeInteger(value) || value < 0) throw new TransparencyError('number-invalid', 'not a whole number');
  return value;
}
