import { describe, expect, it } from '@jest/globals';
import { concat, equalBytes, fromHex, fromUtf8, toHex, toUtf8 } from './bytes.js';

describe('bytes', () => {
  it('are equal when length and content are', () => {
    const [short, long] = [Uint8Array.of(1, 2), Uint8Array.of(1, 2, 3)];
    expect([equalBytes(short, long), equalBytes(long, short), equalBytes(short, short.slice())]).toEqual([
      false,
      false,
      true,
    ]);
    expect(equalBytes(short, Uint8Array.of(1, 3))).toBe(false);
  });

  it('join in order, also none', () => {
    expect([...concat(Uint8Array.of(1), new Uint8Array(0), Uint8Array.of(2, 3))]).toEqual([1, 2, 3]);
    expect(concat()).toHaveLength(0);
  });

  it('are read from lowercase hexadecimal only', () => {
    expect(toHex(fromHex('00ff'))).toBe('00ff');
    for (const broken of ['0', 'FF', 'zz', ' 00', '00\n']) expect(() => fromHex(broken)).toThrow('not lowercase');
  });

  it('carry a text in UTF-8, a byte order mark too, and nothing that is none', () => {
    expect(fromUtf8(toUtf8('\ufeff界'))).toBe('\ufeff界');
    expect(() => toUtf8('\udfff')).toThrow('unpaired surrogate');
    expect(() => fromUtf8(Uint8Array.of(0xed, 0xa0, 0x80))).toThrow('not valid UTF-8');
  });
});
