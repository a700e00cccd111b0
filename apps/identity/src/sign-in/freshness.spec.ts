import { describe, expect, it } from '@jest/globals';
import { freshnessOf, isFresh, SKEW_SECONDS } from './freshness.js';

describe('what a client asks for', () => {
  it.each([
    ['nothing', {}, [], { again: false, maxAge: null }],
    ['a new sign-in', {}, ['login_prompt'], { again: true, maxAge: null }],
    ['an age', { max_age: 300 }, ['max_age'], { again: false, maxAge: 300 }],
    ['an age of no seconds: a new sign-in', { max_age: 0 }, ['max_age'], { again: true, maxAge: 0 }],
    ['an age as text', { max_age: '60' }, [], { again: false, maxAge: 60 }],
    ['an age that is none', { max_age: 'soon' }, [], { again: false, maxAge: null }],
  ])('%s', (_what, params, reasons, freshness) => {
    expect(freshnessOf(params, reasons)).toEqual(freshness);
  });
});

describe('whether a sign-in is recent enough', () => {
  const sent = new Date('2026-11-24T02:00:00Z');
  const now = new Date('2026-11-24T02:01:00Z');
  const at = (text: string): number => Date.parse(text) / 1000;

  it.each([
    ['any will do', { again: false, maxAge: null }, at('2026-11-23T02:00:00Z'), true],
    ['anew, and it was', { again: true, maxAge: null }, at('2026-11-24T02:00:40Z'), true],
    [
      'anew, by a clock that is a little behind',
      { again: true, maxAge: null },
      at('2026-11-24T02:00:00Z') - SKEW_SECONDS,
      true,
    ],
    ['anew, and it is older', { again: true, maxAge: null }, at('2026-11-24T02:00:00Z') - SKEW_SECONDS - 1, false],
    ['young enough', { again: false, maxAge: 600 }, at('2026-11-24T01:52:00Z'), true],
    ['too old', { again: false, maxAge: 600 }, at('2026-11-24T01:50:00Z'), false],
    ['young enough, but not anew', { again: true, maxAge: 600 }, at('2026-11-24T01:55:00Z'), false],
  ])('%s', (_what, freshness, authTime, fresh) => {
    expect(isFresh(freshness, authTime, { sent, now })).toBe(fresh);
  });
});
