import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { matchNumber } from '@bayway/domain';
import { testPostgres } from '@bayway/testing';
import pg from 'pg';
import { makePopulation } from '../population/population.js';
import { prepareHolder, readerUrl, type HolderSettings } from './database.js';
import { HOLDERS } from './holders.js';
import { professionalTax } from './tax-office.js';

const AS_OF = '2026-11-20';
const population = makePopulation();
const personOf = (login: string) => population.people.find((person) => person.login === login)!;
const documentOf = (login: string, kind: string) => personOf(login).documents.find((each) => each.kind === kind)!;
const company = population.organisations.find(({ id }) => id === 'lanhai-technology')!;

const tablesOf = (holder: string) => HOLDERS[holder]!.draw(population, AS_OF);
const rowsOf = (holder: string, table: string, document: { kind: string; number: string }) =>
  (tablesOf(holder)[table] as Record<string, unknown>[]).filter(
    (row) => row['document_kind'] === document.kind && row['document_number'] === matchNumber(document as never),
  );

describe('the holders', () => {
  it.each(Object.keys(HOLDERS))('%s has the same records at every start', (holder) => {
    const text = JSON.stringify(tablesOf(holder));
    expect(JSON.stringify(tablesOf(holder))).toBe(text);
    expect(text.length).toBeGreaterThan(500);
  });

  it('know whom the guides and journeys speak of', () => {
    const said = (holder: string, table: string, document: { kind: string; number: string }) =>
      rowsOf(holder, table, document).map(({ name_latin }) => name_latin);
    const saikit = (kind: string) => documentOf('ng.saikit', kind);
    expect(said('tsing-wan-bank', 'bank_statement.account_holder', saikit('hkid'))).toEqual(['NG SAI KIT']);
    expect(said('lotus-bank', 'bank_statement.account_holder', saikit('bir'))).toEqual(['NG SAI KIT']);
    const permit = documentOf('lei.kaman', 'home-return-permit');
    expect(said('baiyunwan-university', 'degree_certificate.graduate', permit)).toEqual(['LEI KA MAN']);
    const bir = documentOf('lei.kaman', 'bir');
    expect(said('praia-revenue', 'income_certificate.taxpayer', bir)).toEqual(['LEI KA MAN']);
    expect(said('zhuhai-registry', 'business_registration.registration', company.document)).toEqual([
      'Lanhai Technology Co., Ltd.',
    ]);
  });

  it('have ten years of paying in time about the resident who moved from Hangzhou', () => {
    const tables = tablesOf('qianchao-credit') as Record<string, Record<string, unknown>[]>;
    const card = documentOf('shen.yuning', 'resident-identity-card');
    const id = tables['registry.document']!.find(({ match_number }) => match_number === matchNumber(card))![
      'subject_id'
    ];
    const of = (table: string) => tables[table]!.filter(({ subject_id }) => subject_id === id);
    expect(of('registry.account').map(({ opened_on }) => String(opened_on).slice(0, 7))).toContain('2016-11');
    expect(of('registry.repayment').filter(({ status }) => !'N*C/'.includes(String(status)))).toEqual([]);
    expect(of('registry.default_event')).toEqual([]);
  });
});

describe('a bank statement', () => {
  it('adds up: each month begins where the last one ended, and the bookings make the difference', () => {
    const document = documentOf('ng.saikit', 'bir');
    const balances = rowsOf('lotus-bank', 'bank_statement.balances', document);
    const bookings = rowsOf('lotus-bank', 'bank_statement.transactions', document);
    expect(balances).toHaveLength(12);
    expect(balances.slice(1).map(({ opening }) => opening)).toEqual(
      balances.slice(0, -1).map(({ closing }) => closing),
    );
    const cents = (value: unknown): number => Math.round(Number(value) * 100);
    for (const { month, opening, closing } of balances.slice(-3)) {
      const booked = bookings.filter(({ booked_on }) => String(booked_on).startsWith(String(month)));
      const sum = booked.reduce((all, { amount }) => all + cents(amount), 0);
      expect([month, cents(opening) + sum]).toEqual([month, cents(closing)]);
    }
  });
});

describe('professional tax', () => {
  it.each([
    [144_000, 0],
    [184_000, Math.round((20_000 * 0.07 + 20_000 * 0.08) * 0.7)],
    [424_000, Math.round((1_400 + 1_600 + 3_600 + 8_000 + 13_200) * 0.7)],
  ])('of %i patacas is %i', (income, tax) => {
    expect(professionalTax(income)).toBe(tax);
  });
});

describe('every holder’s database', () => {
  const suffix = randomBytes(5).toString('hex');
  const made: HolderSettings[] = [];
  let adminUrl: string;
  beforeAll(async () => {
    adminUrl = await testPostgres();
  });
  afterAll(async () => {
    const cluster = new pg.Client(adminUrl);
    await cluster.connect();
    for (const { database, reader } of made) {
      await cluster.query(`drop database ${database} with (force)`);
      await cluster.query(`drop role ${reader.user}`);
    }
    await cluster.end();
  });

  it.each(Object.keys(HOLDERS))('of %s shows its reader the offered views and nothing else', async (id) => {
    const name = id.replaceAll('-', '_');
    const reader = { user: `${name}_${suffix}`, password: randomBytes(12).toString('base64url') };
    const settings = { adminUrl, database: `t_${name}_${suffix}`, reader };
    made.push(settings);
    const holder = HOLDERS[id]!;
    await prepareHolder(holder, settings, { population, asOf: AS_OF });
    const client = new pg.Client(readerUrl(settings));
    await client.connect();
    const { rows } = await client.query<{ name: string }>(
      `select table_schema || '.' || table_name as name from information_schema.table_privileges
       where grantee = current_user and privilege_type = 'SELECT'`,
    );
    const counts = await Promise.all(holder.views.map((view) => client.query(`select 1 from ${view} limit 1`)));
    await client.end();
    expect(rows.map((row) => row.name).sort()).toEqual([...holder.views].sort());
    expect(counts.filter(({ rowCount }) => rowCount === 1).length).toBeGreaterThan(0);
  });
});
