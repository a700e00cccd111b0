import { expect, it } from '@jest/globals';
import { outsideRows, rowsOf } from '../../src/records.js';
import type { System } from '../../src/system.js';
import { Visitor } from '../../src/visitor.js';
import { AGREE, answer, KA_MAN, MEI_YEE, outcomeOf, SAI_KIT, settled, toOwnAsk, type Person } from '../../src/walk.js';

type Corridor = Readonly<{
  from: string;
  to: 'hk' | 'mo' | 'cn';
  product: string;
  who: Person;
  /** Where the holder has the record, and what of it the bank shows. */
  source: Readonly<{ database: string; sql: string }>;
  signer: string;
}>;

const statementOf = (database: string, latin: string): Corridor['source'] => ({
  database,
  sql: `select closing as value from bank_statement.balances join bank_statement.account_holder using (document_kind, document_number)
         where name_latin = '${latin}' order by month desc limit 1`,
});

/** One lawful transfer in each of the five corridors that the main job does not take. */
const CORRIDORS: readonly Corridor[] = [
  {
    ...{ from: 'cn', to: 'mo', product: 'job-guangzhou', who: KA_MAN, signer: 'cn/participant/baiyunwan-university' },
    source: {
      database: 'baiyunwan_university',
      sql: `select certificate as value from degree_certificate.degrees join degree_certificate.graduate using (document_kind, document_number)
             where name_latin = 'LEI KA MAN'`,
    },
  },
  {
    ...{ from: 'hk', to: 'cn', product: 'account-hongkong', who: MEI_YEE, signer: 'hk/participant/tsing-wan-bank' },
    source: statementOf('tsing_wan_bank', 'CHAN Mei Yee'),
  },
  {
    ...{ from: 'hk', to: 'mo', product: 'account-hongkong', who: SAI_KIT, signer: 'hk/participant/tsing-wan-bank' },
    source: statementOf('tsing_wan_bank', 'NG SAI KIT'),
  },
  {
    ...{ from: 'mo', to: 'hk', product: 'loan-macao', who: SAI_KIT, signer: 'mo/participant/lotus-bank' },
    source: statementOf('lotus_bank', 'NG SAI KIT'),
  },
  {
    ...{ from: 'mo', to: 'cn', product: 'mortgage-macao', who: KA_MAN, signer: 'mo/participant/praia-revenue' },
    source: {
      database: 'praia_revenue',
      sql: `select income as value from income_certificate.income_by_year join income_certificate.taxpayer using (document_kind, document_number)
             where name_latin = 'LEI KA MAN' order by year desc limit 1`,
    },
  },
];

/** Every corridor carries a record where both laws allow it. */
export function corridors(system: () => System): void {
  it.each(CORRIDORS)('goes from $from to $to ($product), and what arrives is what the holder has', async (corridor) => {
    const { to, product, who, signer, source } = corridor;
    const visitor = new Visitor();
    const start = await visitor.open(system().banks[to]);
    const asked = await visitor.submit(start.form(new RegExp(`id="product-${product}"`)), { uses: '1' });
    const ask = await toOwnAsk(visitor, asked, who);
    if (ask.acts.length === 0) throw new Error(`nothing is asked: ${ask.url}: ${outcomeOf(ask)}`);
    const page = await settled(visitor, await answer(visitor, ask, AGREE));
    expect(outcomeOf(page)).toBe('report');
    const [row] = await outsideRows<{ value: string }>(system(), source.database, source.sql);
    expect(page.text).toContain(row?.value);
    expect(page.html).toContain(`<dd id="signer">${signer}</dd>`);
  });

  it('leaves each exchange in the records of both sides: released at the holder’s, receipted at the recipient’s', async () => {
    for (const { from, to, signer } of CORRIDORS) {
      const holder = signer.split('/')[2];
      const released = await rowsOf<{ id: string }>(
        system(),
        `${from}_broker`,
        `select id from incoming_request where importer = '${to}' and holder = '${holder}' and state = 'released' order by id`,
      );
      const receipted = await rowsOf<{ id: string }>(
        system(),
        `${to}_broker`,
        `select id from data_request where exporter = '${from}' and holder = '${holder}' and state = 'receipted' order by id`,
      );
      expect(released.length).toBeGreaterThan(0);
      expect([from, to, released]).toEqual([from, to, receipted]);
    }
  });
}
