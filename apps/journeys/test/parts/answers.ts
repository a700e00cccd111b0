import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { formsOf, search } from '../../src/canary.js';
import { outsideRows, rowsOf } from '../../src/records.js';
import type { System } from '../../src/system.js';
import { Visitor } from '../../src/visitor.js';
import { AGREE, answer, askFor, fetchAgain, KA_MAN, MEI_YEE, outcomeOf, settled, toAsk } from '../../src/walk.js';

/** Answers drawn from a record that stays where it is. */
export function answers(system: () => System): void {
  it('two answers about her credit report cross the border, and nothing else of it; asked again, none does', async () => {
    const canary = `Canary${randomBytes(12).toString('hex')}`;
    await outsideRows(system(), 'pengwan_credit', `update registry.account set lender = '${canary}'`);
    const visitor = new Visitor();
    const ask = await toAsk(visitor, await askFor(visitor, system().banks.hk, 'card-answers'), MEI_YEE);
    expect(ask.text).toContain('No late payment in the last 24 months?');
    expect(ask.text).toContain('The record stays there.');
    const page = await settled(visitor, await answer(visitor, ask, AGREE));
    expect(outcomeOf(page)).toBe('report');
    const shown = [...page.html.matchAll(/id="item-([^"]+)"/g)].map(([, id]) => id);
    expect(shown).toEqual(['no-default-24-months', 'two-accounts-on-time']);
    expect(page.text).toMatch(/no default 24 months Value (true|false)/i);
    expect(page.html).not.toContain(canary);
    expect(outcomeOf(await fetchAgain(visitor, page))).toBe('request-answers-used-up');

    const { home } = system();
    const skip = [join(home, 'postgres', 'outside')];
    expect(await search(home, formsOf(canary), skip)).toEqual([]);
  }, 120_000);

  it('says no more than the declared range, from Macao to Shenzhen, and it is the true one', async () => {
    const visitor = new Visitor();
    const ask = await toAsk(visitor, await askFor(visitor, system().banks.cn, 'card-macao'), KA_MAN);
    const page = await settled(visitor, await answer(visitor, ask, AGREE));
    expect(outcomeOf(page)).toBe('report');
    const [, from, below] = /From Below (\d+|–) (\d+|–)/.exec(page.text) ?? [];
    const [row] = await outsideRows<{ income: string }>(
      system(),
      'praia_revenue',
      `select income from income_certificate.income_by_year join income_certificate.taxpayer using (document_kind, document_number)
         where name_latin = 'LEI KA MAN' order by year desc limit 1`,
    );
    const income = Number(row?.income);
    expect(income).toBeGreaterThanOrEqual(Number(from));
    expect(below === '–' || income < Number(below)).toBe(true);
    expect(page.html).not.toContain(row?.income);
    const kept = await rowsOf(system(), 'mo_connector_praia_revenue', 'select answer, recipient from answer_given');
    expect(kept).toEqual([{ answer: 'income-range', recipient: 'qianwan-bank' }]);
  });
}
