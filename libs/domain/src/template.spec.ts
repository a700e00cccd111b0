import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DataRequestDetail } from './data-request.js';
import { Purpose } from './dataset.js';
import { excessOf, excessText, templateFor, templateName } from './template.js';
import { standingTemplate, templates, TEMPLATES_VERSION } from './templates.js';

/** A published version never changes: a changed limit is a new version, with its own line here. */
const PUBLISHED: Readonly<Record<number, string>> = { 1: 'kn9xNcctI4Mjfm0nCE7PWumWLhOldJGdtw2xwjgKkf0' };

const at = new Date('2026-11-22T08:00:00Z');
const dayIn = (days: number): string =>
  new Date(Date.parse('2026-11-22') + days * 86_400_000).toISOString().slice(0, 10);
type Asked = Parameters<typeof excessOf>[0];
const excess = (over: Partial<Asked>) => excessOf({ ...one, ...over }, at);
const one: Asked = {
  dataset: 'anything' as DataRequestDetail['dataset'],
  purpose: { code: 'account-opening' },
  max_uses: 1,
  valid_until: dayIn(30),
  retention_until: dayIn(60),
};

describe('templates', () => {
  it('are published in versions that never change', () => {
    const text = JSON.stringify({ templates, standingTemplate });
    expect(createHash('sha256').update(text).digest('base64url')).toBe(PUBLISHED[TEMPLATES_VERSION]);
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
  it('is not for what keeps to it, at the very limit', () => {
    const most = { valid_until: dayIn(92), max_uses: 12, retention_until: dayIn(5 * 366) };
    const range = { from: '2016-01-01', to: '2026-01-01' };
    expect(excess({ ...most, frequency: { uses: 4, per: 'day' }, data_range: range })).toBeNull();
    expect(templateName(one)).toBe('one-decision/1');
  });

  it.each<[string, Partial<Asked>, number, number]>([
    ['valid_until', { valid_until: dayIn(93) }, 93, 92],
    ['max_uses', { max_uses: 13 }, 13, 12],
    ['frequency', { frequency: { uses: 5, per: 'day' } }, 5, 4],
    ['frequency', { frequency: { uses: 29, per: 'week' } }, 29 / 7, 4],
    ['retention_until', { retention_until: dayIn(5 * 366 + 1) }, 5 * 366 + 1, 5 * 366],
    ['data_range', { data_range: { from: '2010-01-01', to: '2026-01-01' } }, 5845, 3660],
  ])('is named: %s', (member, over, asked, allowed) => {
    expect(excess(over)).toMatchObject({ template: 'one-decision/1', member, asked, allowed });
  });

  it('is said in one line of OAuth', () => {
    const found = excess({ frequency: { uses: 29, per: 'week' } });
    expect(found && excessText(found)).toBe('frequency asks for 4.14 uses a day, template one-decision/1 allows 4');
  });

  it('is exactly what is over one of the limits', () => {
    const { limits } = templateFor({ dataset: 'x', purpose: { code: 'direct-marketing' } } as never);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 400 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 800 }),
        (days, uses, kept) => {
          const over: Partial<Asked> = {
            purpose: { code: 'direct-marketing' },
            valid_until: dayIn(days),
            max_uses: uses,
            retention_until: dayIn(kept),
          };
          const fits = days <= limits.days && uses <= limits.uses && kept <= limits.retentionDays;
          expect(excess(over) === null).toBe(fits);
        },
      ),
    );
  });
});
