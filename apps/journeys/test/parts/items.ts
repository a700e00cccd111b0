import { expect, it } from '@jest/globals';
import { rowsOf } from '../../src/records.js';
import type { System } from '../../src/system.js';
import { Visitor } from '../../src/visitor.js';
import { AGREE, answer, askBank, KA_HOU, outcomeOf, settled, toAsk } from '../../src/walk.js';

/** What the bank would like besides, and when she answers: hers to choose. */
export function optionalItems(system: () => System): void {
  it.each([
    ['left out', {}, false],
    ['chosen', { 'optional.enquiries': 'enquiries' }, true],
  ] as const)('an optional item that is %s: the bank is told, asks accordingly and gets no more', async (...given) => {
    const [, ticked, arrives] = given;
    const visitor = new Visitor();
    const ask = await toAsk(visitor, await askBank(visitor, system().bank), KA_HOU);
    expect(ask.html).toContain('name="optional.enquiries"');
    const acts = Object.fromEntries(ask.acts.map((act) => [act, 'agree']));
    const sent = await visitor.submit(ask.form(/name="act\./), { ...acts, ...ticked, do: 'answers' });
    const page = await settled(visitor, sent, 60);
    expect(outcomeOf(page)).toBe('report');
    expect([page.has('item-accounts'), page.has('item-enquiries')]).toEqual([true, arrives]);
  });

  it('an answer put off: nothing is sent, and what she left is answered where she left it', async () => {
    const visitor = new Visitor();
    const ask = await toAsk(visitor, await askBank(visitor, system().bank), KA_HOU);
    const put = await visitor.submit(ask.form(/id="later-form"/), { do: 'later' });
    expect([put.has('later'), put.acts]).toEqual([true, []]);
    const states = 'select state from ask_history order by at desc limit 1';
    expect(await rowsOf(system(), 'cn_consent', states)).toEqual([{ state: 'deferred' }]);
    const again = await visitor.open(put.link(/\?for=/));
    expect(again.acts).toEqual(ask.acts);
    const page = await settled(visitor, await answer(visitor, again, AGREE), 60);
    expect(outcomeOf(page)).toBe('report');
  });
}
