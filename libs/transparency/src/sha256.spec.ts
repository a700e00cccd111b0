import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sha256 } from './sha256.js';

const reference = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');
const hex = (data: Uint8Array) => Buffer.from(sha256(data)).toString('hex');

describe('sha256', () => {
  it('agrees with the platform for every length to 300 bytes', () => {
    for (let length = 0; length <= 300; length++) {
      const data = new Uint8Array(length).map((_, i) => (i * 31 + length) % 256);
      expect(hex(data)).toBe(reference(data));
    }
  });

  it('agrees with the platform on any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 2000 }), (data) => hex(data) === reference(data)));
  });

  it('reads a view into larger memory where it starts', () => {
    const whole = Uint8Array.from({ length: 200 }, (_, i) => i);
    expect(hex(whole.subarray(7, 150))).toBe(reference(whole.slice(7, 150)));
  });

  it('agrees with the platform on a megabyte', () => {
    const data = new Uint8Array(1_000_003).fill(0xa5);
    expect(hex(data)).toBe(reference(data));
  });
});
