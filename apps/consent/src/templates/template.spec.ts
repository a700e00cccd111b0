import { describe, expect, it } from '@jest/globals';
import { DomainError } from '@bayway/contracts';
import { Purpose } from '@bayway/domain';
import { canonicalDigest } from '@bayway/envelope';
import fc from 'fast-check';
import { newDetail } from '../../test/factories.js';
import { assertWithinTemplate, templateFor } from './template.js';
import { standing, templates, TEMPLATES_VERSION } from './templates.js';

/** A published version never changes: a changed limit is a new version, with its own line here. */
const PUBLISHED: Readonly<Record<number, string>> = { 1: '9BHOhnI4w_yXkVsarTDrO7bda6R1Orf7G1EXau9fdZ4' };

const at = new Date('2026-11-22T08:00:00Z');
const dayIn = (days: number): string =>
  new Date(Date.parse('2026-11-22') + days * 86_400_000).toISOString().slice(0, 10);
const within = (over: Record<string, unknown>): string | Record<string, unknown> => {
  try {
    return assertWithinTemplate(newDetail(over), at);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { code: error.code, ...error.members };
  }
};

describe('templates', () => {
  it('are published in versions that never change', () => {
    expect(PUBLISHED[TEMPLATES_VERSION]).toBe(canonicalDigest({ templates, standing }));
  });

  it('leave no purpose without one, and none with two for the same dataset', () => {
    for (const code of Purpose.options)
      for (const dataset of ['credit-report', 'anything'])
        expect(templateFor({ dataset, purpose: { code } } as never).limits.days).toBeGreaterThan(0);
    const named = templates.flatMap(({ dataset, purposes }) => purposes.map((purpose) => `${dataset}/${purpose}`));
    expect(new Set(named).size).toBe(named.length);
  });

  it('of a dataset come before those of a purpose', () => {
    const id = (dataset: string, code: string) => templateFor({ dataset, purpose: { code } } as never).id;
    expect(id('credit-report', 'employment-check')).toBe('credit-report-employment');
    expect(id('degree', 'employment-check')).toBe('one-decision');
    expect(id('credit-report', 'delivery')).toBe('standing');
  });
});

describe('what exceeds its purpose', () => {
  const one = { purpose: { code: 'account-opening' }, max_uses: 1, valid_until: dayIn(30), retention_until: dayIn(60) };

  it('is not for what keeps to it, at the very limit', () => {
    const most = { valid_until: dayIn(92), max_uses: 12, retention_until: dayIn(5 * 366) };
    const range = { from: '2016-01-01', to: '2026-01-01' };
    expect(within({ ...one, ...most, frequency: { uses: 4, per: 'day' }, data_range: range })).toBe('one-decision/1');
  });

  it.each([
    ['valid_until', { valid_until: dayIn(93) }, 93, 92],
    ['max_uses', { max_uses: 13 }, 13, 12],
    ['frequency', { frequency: { uses: 5, per: 'day' } }, 5, 4],
    ['frequency', { frequency: { uses: 29, per: 'week' } }, 29 / 7, 4],
    ['retention_until', { retention_until: dayIn(5 * 366 + 1) }, 5 * 366 + 1, 5 * 366],
    ['data_range', { data_range: { from: '2010-01-01', to: '2026-01-01' } }, 5845, 3660],
  ])('is named: %s', (member, over, asked, allowed) => {
    const problem = { code: 'limit-exceeded', template: 'one-decision/1', member, asked, allowed };
    expect(within({ ...one, ...over })).toMatchObject(problem);
  });

  it('is exactly what is over one of the limits', () => {
    const { limits } = templateFor({ dataset: 'x', purpose: { code: 'direct-marketing' } } as never);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 400 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 800 }),
        (days, uses, kept) => {
          const over = {
            purpose: { code: 'direct-marketing' },
            valid_until: dayIn(days),
            max_uses: uses,
            retention_until: dayIn(kept),
          };
          const fits = days <= limits.days && uses <= limits.uses && kept <= limits.retentionDays;
          expect(typeof within(over) === 'string').toBe(fits);
        },
      ),
    );
  });
});
