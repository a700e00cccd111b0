import { expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import type { Browser } from 'playwright-core';
import { outsideRows, rowsOf } from '../../src/records.js';
import type { System } from '../../src/system.js';
import { Visitor, type Opened } from '../../src/visitor.js';
import { AGREE, answer, askFor, fetchAgain, openPortal, outcomeOf, settled, toAsk, KA_MAN } from '../../src/walk.js';
import { answerFor, dayIn, digestOf, documentOf, endPower, enterPower } from './powers.js';

const COMPANY = { name: '蓝海科技有限公司', latin: 'Lanhai Technology Co., Ltd.' } as const;
const OFFICER = { side: 'cn', city: 'shenzhen', login: 'zhou.jianhua' } as const;
const ENTRY = `from business_registration.registration where name_latin = '${COMPANY.latin}'`;

type Receipt = Readonly<{
  subject: { kind: string };
  acts: { kind: string; rules: string[] }[];
  events: { state: string; by: string }[];
}>;

/** A company of Zhuhai opens an account at a bank of Macao, by whoever signs for it: she lives in Macao and works in Zhuhai. */
export function company(system: () => System, browser: () => Browser): void {
  const bank = new Visitor();
  const held: Record<string, Opened> = {};
  const powers: string[] = [];
  const ask = async (product: string): Promise<Opened> =>
    toAsk(bank, await askFor(bank, system().banks.mo, product), KA_MAN);
  const stored = async () =>
    (await rowsOf<{ n: number }>(system(), 'cn_consent', 'select count(*)::int as n from consent'))[0]?.n;
  const latest = async () =>
    (
      await rowsOf<{ id: string; kind: string; acting: string; jws: string }>(
        system(),
        'cn_consent',
        `select c.id, c.subject_kind as kind, c.acting_as as acting, r.jws from consent c
           join receipt r on r.consent_id = c.id order by c.decided_at desc, r.issued_at desc limit 1`,
      )
    )[0];

  const mandate = async (dataset: string): Promise<string> =>
    enterPower({ system: system(), browser: browser() }, OFFICER, {
      ...{ kind: 'signatory', relation: 'officer', validUntil: dayIn(300), datasets: [dataset] },
      proof: { kind: 'board-resolution', digest: digestOf('a resolution') },
      subject: {
        ...{ kind: 'organisation', name: COMPANY.name, nameLatin: COMPANY.latin },
        document: await documentOf(
          system(),
          'zhuhai_registry',
          `select document_kind as kind, document_number as number ${ENTRY}`,
        ),
      },
      actor: await documentOf(
        system(),
        'pengwan_credit',
        "select d.kind, d.number from registry.document d join registry.subject s on s.id = d.subject_id where s.name_latin = 'LEI KA MAN'",
      ),
    });

  /** Whoever has no mandate for a record is told that Bayway asks for one, and nothing of it is stored. */
  const refusedWithoutMandate = async (product: string): Promise<void> => {
    const before = await stored();
    const page = await ask(product);
    if (!page.has('refusal')) throw new Error(`she is not told why at ${page.url}: ${outcomeOf(page)}`);
    expect(page.acts).toEqual([]);
    expect(page.text).toContain('A rule of Bayway itself, not the law');
    const left = await bank.submit(page.form(/cancel/), {});
    expect(outcomeOf(left)).toBe('invalid_authorization_details');
    expect(left.text).toContain('PLAT.SIGNATORY');
    expect(await stored()).toBe(before);
  };

  const obtained = async (product: string): Promise<Opened> => {
    const page = await answerFor(bank, await ask(product), COMPANY.latin);
    expect(page.acts).toEqual(['act.signatory']);
    expect(page.text).toContain(`I am authorised to sign for ${COMPANY.latin}`);
    expect(page.text).toContain('no statute asks for this consent');
    const report = await settled(bank, await answer(bank, page, AGREE), 60);
    expect(outcomeOf(report)).toBe('report');
    expect(await latest()).toMatchObject({ kind: 'organisation', acting: 'signatory' });
    return report;
  };

  it('is refused while nobody has said that she signs for it', async () => {
    await refusedWithoutMandate('company-registration');
  }, 120_000);

  it('its registration arrives at the bank once she is its signatory and agrees for it', async () => {
    powers.push(await mandate('business-registration'));
    const page = await obtained('company-registration');
    const [entry] = await outsideRows<{ capital: string }>(system(), 'zhuhai_registry', `select capital ${ENTRY}`);
    expect(page.text).toContain(COMPANY.name);
    expect(page.text).toContain(entry?.capital);
    expect(page.html).toContain('<dd id="signer">cn/participant/zhuhai-registry</dd>');
    const receipt = decodeJwt((await latest())?.jws ?? '') as unknown as Receipt;
    expect(receipt.subject.kind).toBe('organisation');
    expect(receipt.acts).toMatchObject([{ kind: 'signatory', rules: ['PLAT.SIGNATORY'] }]);
    expect(receipt.events.map(({ by }) => by)).toContain('signatory');
    held['registration'] = page;
  }, 180_000);

  it('its credit report is not what her mandate is for: refused, until it is', async () => {
    await refusedWithoutMandate('company-credit');
    powers.push(await mandate('enterprise-credit-report'));
    const page = await obtained('company-credit');
    expect(page.text).toContain(COMPANY.name);
    expect(page.html).toContain('<dd id="signer">cn/participant/pengwan-credit</dd>');
    // The company is no person: nobody is counted for its holder's year.
    const counted = await rowsOf(
      system(),
      'cn_broker',
      "select 1 from counted_person where holder = 'zhuhai-registry'",
    );
    expect(counted).toEqual([]);
    held['credit'] = page;
  }, 180_000);

  it('she sees both in her portal, withdraws one, and the bank gets it no more; the other goes on', async () => {
    const her = new Visitor();
    const home = await openPortal(her, system().console.cn, KA_MAN);
    expect(home.text).toContain('Lotus Bank');
    const consentId = /id="consent">([^<]+)</.exec(held['credit']!.html)?.[1] ?? '';
    const hers = await her.open(`${system().console.cn}/consents/${consentId}?withdraw=open`);
    expect(hers.text).toContain('Authorised signatory');
    expect((await her.submit(hers.form(/withdrawal/))).has('withdrawn')).toBe(true);
    expect(outcomeOf(await fetchAgain(bank, held['credit']!))).not.toBe('report');
    expect(outcomeOf(await fetchAgain(bank, held['registration']!))).toBe('report');
  }, 180_000);

  it('is refused again once her mandate has been taken back; what the company agreed to stands', async () => {
    for (const id of powers) await endPower({ system: system(), browser: browser() }, OFFICER, id);
    await refusedWithoutMandate('company-registration');
    expect(outcomeOf(await fetchAgain(bank, held['registration']!))).toBe('report');
  }, 180_000);
}
