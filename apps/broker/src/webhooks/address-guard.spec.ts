import { describe, expect, it } from '@jest/globals';
import { isAllowed, isPublic, publicOnly } from '@bayway/service';
import { backoffMs, MAX_ATTEMPTS } from './backoff.js';
import { post } from './post.js';

describe('where a webhook may go', () => {
  it.each(['8.8.8.8', '203.0.112.1', '2606:4700::1111', '2400:3200::1'])('%s is public', (address) => {
    expect(isPublic(address)).toBe(true);
  });

  it.each([
    ...['127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '224.0.0.1'],
    ...[
      '255.255.255.255',
      '198.19.0.1',
      '::1',
      '::',
      'fe80::1',
      'fc00::1',
      'ff02::1',
      '::ffff:10.0.0.1',
      '64:ff9b::a00:1',
    ],
    ...['2002:a00:1::', '2001:db8::1', 'localhost', ''],
  ])('deny: %s', (address) => {
    expect(isPublic(address)).toBe(false);
  });

  it.each([
    ['https://partner.example/hook', true],
    ['https://8.8.8.8/hook', true],
    ['http://localhost:4510/hook', true],
    ['http://partner.example/hook', false],
    ['https://127.0.0.1/hook', false],
    ['https://2130706433/hook', false],
    ['https://0x7f.1/hook', false],
    ['https://[::1]/hook', false],
    ['https://[::ffff:a00:1]/hook', false],
    ['https://user:secret@partner.example/hook', false],
    ['http://localhost.partner.example/hook', false],
  ])('%s: %p, where the operator vouches for localhost', (url, expected) => {
    expect(isAllowed(new URL(url), ['localhost'])).toBe(expected);
  });

  it('deny: a name that leads to a private address, looked up when it is connected to', async () => {
    const code = await new Promise((resolve) =>
      publicOnly('localhost', { all: true }, (error) => resolve(error?.code)),
    );
    expect(code).toBe('ADDRESS_NOT_PUBLIC');
    await expect(post('https://localhost:1/hook', 'x', [])).rejects.toMatchObject({ code: 'ADDRESS_NOT_PUBLIC' });
    await expect(post('http://localhost:1/hook', 'x', [])).rejects.toMatchObject({ code: 'ADDRESS_NOT_ALLOWED' });
  });
});

describe('trying again', () => {
  it('waits longer each time, and for three days in all', () => {
    expect([1, 2, 3, 10].map(backoffMs)).toEqual([1_000, 2_000, 4_000, 512_000]);
    const all = Array.from({ length: MAX_ATTEMPTS - 1 }, (_, n) => backoffMs(n + 1)).reduce((sum, ms) => sum + ms, 0);
    expect(all / 86_400_000).toBeGreaterThan(1.5);
    expect(all / 86_400_000).toBeLessThan(4);
  });
});
