import { testDatabase, type TestDatabase } from '@bayway/testing';
import pg from 'pg';

/** A word that must be found nowhere but here, in memory and with the recipient. */
export const CANARY = 'canary-lender-梧桐银行';
/** A document as the holder registered it; made up, of a kind without check digit. */
export const DOCUMENT = { kind: 'home-return-permit' as const, number: 'H12345678' };

/** The holder's own PostgreSQL: views by document, as an agency would offer them. */
export async function holderSystem(): Promise<TestDatabase> {
  const database = await testDatabase();
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  await client.query(`
    create table person (document_kind text, document_number text, name text, year_of_birth integer);
    create table account (document_number text, account integer, lender text, opened_on date, balance numeric(12, 2));
    create table default_event (document_number text, account integer, amount text, ended_on date);
    insert into person values ('home-return-permit', 'H12345678', '陳美怡', 1988), ('home-return-permit', 'H87654321', 'OTHER', 1970);
    insert into account values ('H12345678', 1, '${CANARY}', '2020-02-29', 1234.5), ('H12345678', 2, '${CANARY}', '2024-05-01', 0),
      ('H87654321', 1, 'somebody else''s', '2020-01-01', 1);
    insert into default_event values
      ('H12345678', 1, '100.00', null),
      ('H12345678', 1, '200.00', (now() at time zone 'Asia/Hong_Kong')::date - interval '1 year'),
      ('H12345678', 2, '300.00', (now() at time zone 'Asia/Hong_Kong')::date - interval '6 years');
    create table month_paid (document_number text, account integer, month date, status text);
    insert into month_paid select 'H12345678', 1, month, 'N' from generate_series(date '2023-11-01', date '2025-02-01', interval '1 month') month;
    create view months as select 'home-return-permit'::text as document_kind, document_number, account,
      to_char(month, 'YYYY-MM') as month, status from month_paid;
    create view subject_name as select * from person;
    create view accounts as select 'home-return-permit'::text as document_kind, a.* from account a;
    create view defaults as select 'home-return-permit'::text as document_kind, d.* from default_event d;
    create view bulk as select 'home-return-permit'::text as document_kind, 'H12345678'::text as document_number,
      i as line, repeat(md5(i::text), 20) as words from generate_series(1, 600) i;
  `);
  await client.end();
  return database;
}

const look = (columns: string, view: string) =>
  `select ${columns} from ${view} where document_kind = $1 and document_number = $2`;

/** A connector's file for that system. */
export const connectorFile = (url: string): Record<string, unknown> => ({
  holder: 'pengwan-credit',
  source: { url, statementTimeoutMs: 1_000 },
  datasets: {
    'credit-report': {
      presence: 'subject-name',
      items: {
        'subject-name': {
          sql: look('name, year_of_birth', 'subject_name'),
          rows: 1,
          columns: { name: 'text', year_of_birth: 'integer' },
        },
        accounts: {
          sql: look('account, lender, opened_on, balance::text as balance', 'accounts'),
          columns: { account: 'integer', lender: 'text', opened_on: 'date', balance: 'text' },
          dated: { from: 'opened_on' },
        },
        defaults: {
          sql: look('account, amount, ended_on', 'defaults'),
          columns: { account: 'integer', amount: 'text', ended_on: 'date?' },
          keep: { column: 'ended_on', years: 5 },
        },
        months: {
          sql: look('account, month, status', 'months'),
          columns: { account: 'integer', month: 'month', status: 'text' },
          dated: { from: 'month' },
        },
        bulk: { sql: look('line, words', 'bulk'), columns: { line: 'integer', words: 'text' } },
        'other-shape': { sql: look('account', 'accounts'), columns: { account: 'text' } },
        surplus: { sql: look('account, lender', 'accounts'), columns: { account: 'integer' } },
        'too-many': { sql: look('account', 'accounts'), rows: 1, columns: { account: 'integer' } },
        broken: { sql: look('nothing', 'nowhere'), columns: { nothing: 'text' } },
        writing: {
          sql: "with made as (insert into person values ($1, $2, 'x', 1) returning name) select name from made",
          columns: { name: 'text' },
        },
        'no-row': {
          sql: `${look('account, lender', 'accounts')} and false`,
          columns: { account: 'integer', lender: 'text' },
        },
        slow: { sql: `${look('pg_sleep(3)::text as waited', 'subject_name')}`, columns: { waited: 'text' } },
      },
      answers: {
        'no-default-24-months': {
          of: ['defaults'],
          expression: '$count(defaults[ended_on = null or ended_on >= $monthsBefore(24)]) = 0',
        },
        'no-default-72-months': {
          of: ['defaults'],
          expression: '$count(defaults[ended_on != null and ended_on < $monthsBefore(60)]) = 0',
        },
        'balance-range': { of: ['accounts'], expression: '$sum(accounts.$number(balance))', ranges: [0, 1000, 5000] },
        'nothing-range': { of: ['no-row'], expression: '`no-row`[0].account', ranges: [0] },
        'whole-record': { of: ['accounts'], expression: 'accounts' },
        'wrong-type': { of: ['accounts'], expression: 'accounts[0].lender', ranges: [0] },
        failing: { of: ['accounts'], expression: '$number(accounts[0].lender) > 1' },
      },
    },
  },
});
