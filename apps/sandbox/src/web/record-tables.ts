import { html, type Html } from './html.js';

/** How clerks call the items of a record; the others by their name. */
const ITEM_TITLES: Readonly<Record<string, string>> = {
  'subject-name': 'Name and year of birth',
  accounts: 'Loans and cards',
  'repayment-history': 'Repayments, 24 months',
  defaults: 'Defaults',
  guarantees: 'Guarantees given for others',
  enquiries: 'Who looked at the report',
  'public-records': 'Public records',
  'account-holder': 'Account holder',
  'income-by-year': 'Income, by year',
  'tax-by-year': 'Tax, by year',
};

/** What an item is called on a page. */
export const titleOf = (item: string): string => ITEM_TITLES[item] ?? titled(item.replaceAll('-', '_'));

const titled = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll('_', ' ')}`;

type Row = Readonly<Record<string, unknown>>;

const cell = (value: unknown): string =>
  value === null || value === undefined
    ? '–'
    : typeof value === 'object'
      ? JSON.stringify(value)
      : `${value as string}`;

function rowsOf(value: unknown): Row[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.map((each) => (typeof each === 'object' && each !== null ? (each as Row) : { value: each }));
}

/** An item of a record as a table. */
export function itemTable(item: string, value: unknown): Html {
  const rows = rowsOf(value);
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return html`<section class="card" id="item-${item}">
    <h2>${titleOf(item)}</h2>
    ${
      rows.length === 0
        ? html`<p>None on file.</p>`
        : html`<div class="scroll" tabindex="0" role="region" aria-label="${titleOf(item)}">
            <table>
              <thead>
                <tr>
                  ${columns.map((column) => html`<th scope="col">${titled(column)}</th>`)}
                </tr>
              </thead>
              <tbody>
                ${rows.map(
                  (row) =>
                    html`<tr>
                      ${columns.map((column) => html`<td>${cell(row[column])}</td>`)}
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>`
    }
  </section>`;
}
