import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { formsOf, search } from '../../src/canary.js';
import { outsideRows, rowsOf } from '../../src/records.js';
import type { System } from '../../src/system.js';
import { Visitor } from '../../src/visitor.js';
import { KA_HOU, obtain, outcomeOf } from '../../src/walk.js';

/** Puts a canary into the holder's own records, has them fetched, and looks for it everywhere else. */
export function noPayloadLeft(system: () => System): void {
  it('finds the payload, plain or cipher, nowhere but at the holder, in the connector’s staging and at the bank', async () => {
    const canary = `Canary${randomBytes(12).toString('hex')}`;
    await outsideRows(system(), 'pengwan_credit', `update registry.account set lender = '${canary}'`);
    const page = await obtain(new Visitor(), system().bank, KA_HOU);
    expect(outcomeOf(page)).toBe('report');
    expect(page.text).toContain(canary);
    for (const database of ['hk_broker', 'cn_broker', 'cn_consent', 'cn_connector_pengwan_credit'])
      await rowsOf(system(), database, 'checkpoint');

    const { home } = system();
    const outside = join(home, 'postgres', 'outside');
    const skip = [outside, join(home, 'staging')];
    expect(await search(home, formsOf(canary), skip)).toEqual([]);
    expect((await search(outside, formsOf(canary), [])).length).toBeGreaterThan(0);
  }, 120_000);
}
