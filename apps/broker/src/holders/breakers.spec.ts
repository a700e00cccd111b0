import { describe, expect, it } from '@jest/globals';
import { DomainError } from '@bayway/contracts';
import { Breakers } from './breakers.js';

const silent = (): Promise<never> => Promise.reject(new DomainError('service-unavailable'));
const code = (work: Promise<unknown>): Promise<string> => work.then(String, (error: DomainError) => error.code);

describe('breakers', () => {
  it('leave a silent holder alone without asking it, and no other one', async () => {
    const breakers = new Breakers();
    for (let n = 0; n < 5; n += 1) expect(await code(breakers.through('hanging', silent))).toBe('service-unavailable');
    let asked = 0;
    const ask = (): Promise<string> => Promise.resolve(`asked ${(asked += 1)}`);
    expect(await code(breakers.through('hanging', ask))).toBe('holder-unreachable');
    expect(asked).toBe(0);
    expect(await code(breakers.through('other', ask))).toBe('asked 1');
  });

  it('take a refusal for an answer', async () => {
    const breakers = new Breakers();
    const refuse = (): Promise<never> => Promise.reject(new DomainError('consent-withdrawn'));
    for (let n = 0; n < 10; n += 1) expect(await code(breakers.through('holder', refuse))).toBe('consent-withdrawn');
  });
});
