import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { matchNumber, type IdentityDocument } from '@bayway/domain';
import { testPostgres } from '@bayway/testing';
import pg from 'pg';
import { makePopulation } from '../../population/population.js';
import { prepareHolder, readerUrl, type HolderSettings } from '../database.js';
import { creditAgency } from './credit-agency.js';
import { ITEM_VIEWS } from './schema.js';
import { drawFiles } from './subjects.js';

const AS_OF = '2026-11-20';
const PENGWAN = { key: 'credit', files: 'pengwan' } as const;
const population = makePopulation();
const personOf = (login: string) => population.people.find((person) => person.login === login)!;
const suffix = randomBytes(5).toString('hex');

let settings: HolderSettings;
let admin: pg.Client;
let reader: pg.Client;

beforeAll(async () => {
  const adminUrl = await testPostgres();
  settings = {
    adminUrl,
    database: `test_credit_${suffix}`,
    reader: { user: `test_reader_${suffix}`, password: randomBytes(12).toString('base64url') },
  };
  await prepareHolder(creditAgency(PENGWAN), settings, { population, asOf: AS_OF });
  reader = new pg.Client(readerUrl(settings));
  await reader.connect();
  const url = new URL(adminUrl);
  url.pathname = `/${settings.database}`;
  admin = new pg.Client(url.href);
  await admin.connect();
});

afterAll(async () => {
  await reader.end();
  await admin.end();
  const cluster = new pg.Client(settings.adminUrl);
  await cluster.connect();
  await cluster.query(`drop database ${settings.database} with (force)`);
  await cluster.query(`drop role ${settings.reader.user}`);
  await cluster.end();
});

type Item = keyof typeof ITEM_VIEWS;

async function look(item: Item, document: IdentityDocument): Promise<Record<string, unknown>[]> {
  const sql = `SELECT * FROM ${ITEM_VIEWS[item]} WHERE document_kind = $1 AND document_number = $2`;
  const { rows } = await reader.query<Record<string, unknown>>(sql, [document.kind, matchNumber(document)]);
  return rows;
}

const permitOf = (login: string) => personOf(login).documents.find(({ kind }) => kind === 'home-return-permit')!;

describe('a credit report', () => {
  it('is found by the permit a person holds now, although the agency registered an earlier issue', async () => {
    expect(await look('subject-name', permitOf('chan.meiyee'))).toEqual([
      {
        document_kind: 'home-return-permit',
        document_number: permitOf('chan.meiyee').number.slice(0, 9),
        name: '陳美怡',
        name_latin: 'CHAN Mei Yee',
        year_of_birth: 1988,
      },
    ]);
  });

  it('has what the guides rely on', async () => {
    const chan = await look('defaults', permitOf('chan.meiyee'));
    expect(chan.map(({ ended_on }) => ended_on)).toEqual(['2023-11-09']);
    const wong = await look('defaults', permitOf('wong.kahou'));
    expect(wong.map(({ ended_on }) => ended_on)).toEqual([null]);
    const zhou = await look('defaults', personOf('zhou.jianhua').documents[0]!);
    expect(zhou.map(({ ended_on }) => ended_on).sort()).toEqual(['2021-01-09', '2025-05-09']);
    for (const item of Object.keys(ITEM_VIEWS) as Item[]) {
      expect([item, await look(item, permitOf('ho.nofile'))]).toEqual([item, []]);
    }
  });

  it('shows 24 months of every account, ending with the month before', async () => {
    const accounts = await look('accounts', permitOf('chan.meiyee'));
    const history = await look('repayment-history', permitOf('chan.meiyee'));
    expect(accounts).toHaveLength(3);
    for (const { account } of accounts) {
      const months = history
        .filter((row) => row.account === account)
        .map(({ month }) => String(month))
        .sort();
      expect(months).toHaveLength(24);
      expect([months[0], months.at(-1)]).toEqual(['2024-11', '2026-10']);
    }
  });

  it('gives days as ISO text and amounts as decimal text, and no account number or third person', async () => {
    for (const item of Object.keys(ITEM_VIEWS) as Item[]) {
      for (const row of await look(item, permitOf('wong.kahou'))) {
        for (const [column, value] of Object.entries(row)) {
          expect(column).not.toMatch(/account_number|borrower|registered/);
          if (/_on$/.test(column) && value !== null) expect(value).toMatch(/^\d{4}-\d{2}-\d{2}$/);
          if (/^(amount|due|paid|balance|credit_limit)$/.test(column)) expect(value).toMatch(/^\d+\.\d{2}$/);
        }
      }
    }
  });

  it('exists for an organisation too, without a year of birth', async () => {
    const company = population.organisations.find(({ id }) => id === 'qianwan-trading')!;
    expect(await look('subject-name', company.document)).toMatchObject([
      { name: company.name.zh, year_of_birth: null },
    ]);
    expect((await look('accounts', company.document)).length).toBeGreaterThan(0);
  });
});

describe('the files', () => {
  const files = drawFiles(population, PENGWAN, { seed: 'bayway', asOf: AS_OF });

  it('are the same for the same seed and day', () => {
    const text = JSON.stringify(files);
    expect(JSON.stringify(drawFiles(population, PENGWAN, { seed: 'bayway', asOf: AS_OF })) === text).toBe(true);
    expect(JSON.stringify(drawFiles(population, PENGWAN, { seed: 'bayway', asOf: '2027-03-01' })) === text).toBe(false);
  });

  it('agree with themselves', () => {
    const wrong = files.flatMap(({ account: accounts, repayment: history, default_event: defaults }) =>
      accounts.filter(({ position, status, opened_on: opened }) => {
        const months = history.filter((row) => row.position === position);
        const last = months.at(-1)!.status;
        const unpaid = /[1-7]/.test(last);
        const lasting = defaults.some((row) => row.position === position && row.ended_on === null);
        return (
          unpaid !== (status === 'overdue') ||
          (lasting && !unpaid) ||
          (status === 'closed' && !'CN*'.includes(last)) ||
          months.some(({ month, status: mark }) => (mark === '/') !== month.slice(0, 7) < opened.slice(0, 7))
        );
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('tell of all kinds of borrowers: clean ones, late ones, defaults that last, ended, and ended long ago', () => {
    const ends = files.flatMap(({ default_event: rows }) => rows.map((row) => row.ended_on));
    expect(files.length).toBeGreaterThan(200);
    expect(files.filter(({ default_event: rows }) => rows.length === 0).length).toBeGreaterThan(files.length / 2);
    expect(ends.filter((day) => day === null).length).toBeGreaterThan(3);
    expect(ends.filter((day) => day !== null && day > '2021-11-20').length).toBeGreaterThan(10);
    expect(ends.filter((day) => day !== null && day <= '2021-11-20').length).toBeGreaterThan(2);
  });
});

describe('the reader', () => {
  it.each([
    'select * from registry.subject',
    'select number from registry.document',
    'create temp table x (y int)',
    'create table credit_report.x (y int)',
    'create schema x',
  ])('may not %s', async (sql) => {
    await expect(reader.query(sql)).rejects.toMatchObject({ code: expect.stringMatching(/^(42501|25006)$/) });
  });

  it('may not write even when it drops its read-only default', async () => {
    await reader.query('set default_transaction_read_only = off');
    await expect(reader.query('delete from registry.default_event')).rejects.toMatchObject({ code: '42501' });
    await expect(reader.query('create temp table x (y int)')).rejects.toMatchObject({ code: '42501' });
    await reader.query('reset default_transaction_read_only');
  });

  it('sees nothing but the seven views', async () => {
    const { rows } = await reader.query<{ name: string }>(
      `select table_schema || '.' || table_name as name from information_schema.table_privileges
       where grantee = current_user and privilege_type = 'SELECT' order by name`,
    );
    expect(rows.map(({ name }) => name)).toEqual(Object.values(ITEM_VIEWS).sort());
  });
});

describe('a second start', () => {
  it('leaves the contents alone and takes a new password', async () => {
    await admin.query(`update registry.subject set name_latin = 'CHANGED' where name_latin = 'CHAN Mei Yee'`);
    const renewed = { ...settings, reader: { ...settings.reader, password: 'another-password-1' } };
    await prepareHolder(creditAgency(PENGWAN), renewed, { population, asOf: '2027-01-01' });
    const again = new pg.Client(readerUrl(renewed));
    await again.connect();
    const { rows } = await again.query(
      `select count(*)::int as n from credit_report.subject_name where name_latin = 'CHANGED'`,
    );
    await again.end();
    expect(rows).toEqual([{ n: 1 }]);
    const { rows: months } = await admin.query(`select to_char(max(month), 'YYYY-MM') as last from registry.repayment`);
    expect(months).toEqual([{ last: '2026-10' }]);
  });
});
