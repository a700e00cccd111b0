import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { formsOf, search } from '../../src/canary.js';
import { outsideRows, rowsOf } from '../../src/records.js';
import type { System } from '../../src/system.js';
import { Visitor, type Opened } from '../../src/visitor.js';
import {
  AGREE,
  answer,
  askFor,
  KA_MAN,
  MEI_YEE,
  outcomeOf,
  settled,
  signIn,
  toOwnAsk,
  YU_NING,
  type Person,
} from '../../src/walk.js';

/** The pages of a holder: she signs in with her city there and saves the signed file. */
export async function fetchOwn(visitor: Visitor, start: string, who: { login: string; city: string }): Promise<string> {
  const page = await signIn(visitor, await visitor.open(start), who);
  const record = await visitor.submit(page.form(/id="make"/));
  expect(record.status).toBe(200);
  return (await visitor.open(record.link(/\/file$/))).html;
}

/** Gives a file to a bank and lets its holder confirm it. */
export async function bring(visitor: Visitor, page: Opened, record: string, who: Person): Promise<Opened> {
  const ask = await toOwnAsk(visitor, await visitor.submit(page.form(/name="record"/), { record }), who);
  if (ask.acts.length === 0) return ask;
  expect(ask.acts).toEqual(['act.comparison']);
  return settled(visitor, await answer(visitor, ask, AGREE));
}

const matchIn = ({ html }: Opened): string | undefined => /data-match="(\w+)"/.exec(html)?.[1];
export const portalOf = (page: Opened): string => page.link(/localhost:\d+\/[a-z-]+$/);

/** A record that she carries herself: only its fingerprint is compared. */
export function carried(system: () => System): void {
  let file = '';

  it('from Hangzhou to Hong Kong: told why it cannot be sent, she carries her ten years there and has them confirmed', async () => {
    const canary = `Canary${randomBytes(12).toString('hex')}`;
    await outsideRows(system(), 'qianchao_credit', `update registry.account set lender = '${canary}'`);
    const visitor = new Visitor();
    const refused = await askFor(visitor, system().banks.hk, 'card-hangzhou');
    expect(refused.html).toContain('data-code="invalid_authorization_details"');
    expect(refused.html).toMatch(/<dd id="jurisdiction">cn<\/dd>/);
    expect(refused.html).toMatch(/<dd id="reasons">[^<]*valid-instrument/);
    expect(refused.html).not.toContain('id="offer-answer"');
    const carry = await visitor.submit(refused.form(/id="offer-verify"/));
    file = await fetchOwn(visitor, portalOf(carry), { login: YU_NING.login, city: 'hangzhou' });
    const page = await bring(visitor, carry, file, YU_NING);
    expect([outcomeOf(page), matchIn(page)]).toEqual(['report', 'true']);
    expect(page.text).toContain(canary);

    const { home } = system();
    expect(await search(home, formsOf(canary), [join(home, 'postgres', 'outside')])).toEqual([]);
    const counted = await rowsOf(
      system(),
      'cn_broker',
      "select 1 from counted_person where holder = 'qianchao-credit'",
    );
    expect(counted).toEqual([]);
  }, 180_000);

  it('is confirmed once: brought again, the holder says no more about it', async () => {
    const visitor = new Visitor();
    const refused = await askFor(visitor, system().banks.hk, 'card-hangzhou');
    const carry = await visitor.submit(refused.form(/id="offer-verify"/));
    expect(outcomeOf(await bring(visitor, carry, file, YU_NING))).toBe('request-record-compared');
  }, 120_000);

  it('is refused by the bank when it was altered, before anybody is asked', async () => {
    const visitor = new Visitor();
    const refused = await askFor(visitor, system().banks.hk, 'card-hangzhou');
    const carry = await visitor.submit(refused.form(/id="offer-verify"/));
    const [header, , signature] = file.split('.');
    const altered = [header, Buffer.from('{"items":{}}').toString('base64url'), signature].join('.');
    expect(outcomeOf(await bring(visitor, carry, altered, YU_NING))).toBe('record-not-genuine');
  });

  it.each<[string, 'hk' | 'mo' | 'cn', string, Person, string]>([
    ['Shenzhen to Hong Kong', 'hk', 'card-carried', MEI_YEE, 'shenzhen'],
    ['Hong Kong to Shenzhen', 'cn', 'account-carried', MEI_YEE, 'hong-kong'],
    ['Guangzhou to Macao', 'mo', 'job-carried', KA_MAN, 'zhuhai'],
    ['Macao to Shenzhen', 'cn', 'mortgage-carried', KA_MAN, 'macao'],
  ])(
    'goes from %s by her own hand',
    async (_name, to, product, who, city) => {
      const visitor = new Visitor();
      const carry = await askFor(visitor, system().banks[to], product);
      const own = await fetchOwn(visitor, portalOf(carry), { login: who.login, city });
      const page = await bring(visitor, carry, own, who);
      expect([outcomeOf(page), matchIn(page)]).toEqual(['report', 'true']);
    },
    120_000,
  );
}
