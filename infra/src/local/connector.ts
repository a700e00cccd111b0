import type { Derive } from './secrets.js';

/** The holder's own database, in the outside world's cluster. */
export const AGENCY_DATABASE = 'pengwan_credit';
/** The login with which its connector reads. */
export const AGENCY_READER = 'pengwan_reader';
/** How the agency's connector logs in. */
export function agencyReaderUrl(outsideUrl: string, derive: Derive): string {
  const url = new URL(outsideUrl);
  url.username = AGENCY_READER;
  url.password = agencyReaderPassword(derive);
  url.pathname = `/${AGENCY_DATABASE}`;
  return url.href;
}

export const agencyReaderPassword = (derive: Derive): string => derive('pengwan-credit reader');

/** How the connector beside the Shenzhen agency reads each item: columns of the agency's own views, in order. */
const ITEMS: Readonly<Record<string, { rows?: number; columns: string; keep?: string; dated?: string }>> = {
  'subject-name': { rows: 1, columns: 'name text, name_latin text?, year_of_birth integer' },
  accounts: {
    columns:
      'account integer, lender text, type text, opened_on date, closed_on date?, credit_limit text?, balance text, currency text, status text',
    dated: '{ from: opened_on, to: closed_on }',
  },
  'repayment-history': {
    columns: 'account integer, month month, status text, due text, paid text, currency text',
    dated: '{ from: month }',
  },
  defaults: {
    columns: 'account integer, amount text, currency text, began_on date, ended_on date?',
    keep: '{ column: ended_on, years: 5 }',
    dated: '{ from: began_on, to: ended_on }',
  },
  guarantees: {
    columns: 'guarantee integer, lender text, amount text, currency text, began_on date, ends_on date?, status text',
    dated: '{ from: began_on, to: ends_on }',
  },
  enquiries: { columns: 'enquirer text, reason text, asked_on date', dated: '{ from: asked_on }' },
  'public-records': {
    columns: 'type text, authority text, amount text?, currency text, decided_on date, ended_on date?',
    dated: '{ from: decided_on }',
  },
};

const itemLines = (item: string): string[] => {
  const { rows, columns, keep, dated } = ITEMS[item] ?? { columns: '' };
  const pairs = columns.split(', ').map((column) => column.split(' ') as [string, string]);
  const view = `credit_report.${item.replaceAll('-', '_')}`;
  const names = pairs.map(([name]) => name).join(', ');
  return [
    `      ${item}:`,
    `        sql: select ${names} from ${view} where document_kind = $1 and document_number = $2`,
    ...(rows === undefined ? [] : [`        rows: ${rows}`]),
    ...(keep === undefined ? [] : [`        keep: ${keep}`]),
    ...(dated === undefined ? [] : [`        dated: ${dated}`]),
    `        columns: { ${pairs.map(([name, type]) => `${name}: '${type}'`).join(', ')} }`,
  ];
};

/**
 * `connector.yaml` of the connector beside Pengwan Credit Information.
 * @param readerUrl the login that may read the agency's views
 */
export const pengwanConnector = (readerUrl: string): string =>
  [
    '# What this connector reads, and where. Configured, not programmed: see apps/connector/README.md.',
    'holder: pengwan-credit',
    'source:',
    `  url: '${readerUrl}'`,
    '  statementTimeoutMs: 3000',
    'datasets:',
    '  credit-report:',
    '    presence: subject-name',
    '    items:',
    ...Object.keys(ITEMS).flatMap(itemLines),
    '',
  ].join('\n');
