import { html, type Html } from '../web/html.js';
import type { Page } from '../web/page.js';
import type { Application } from './applications.js';
import type { Received } from './exchange.js';
import type { Outcome } from './outcome.js';
import type { BankFace, Product } from './products.js';

const style = (colour: string): string => `
  :root { font: 1.0625rem/1.6 Georgia, "Noto Serif TC", serif; color: #16202b; background: #f5f2ec; --bank: ${colour}; }
  body { margin: 0; } header { padding: 1rem 1.5rem; background: var(--bank); color: #fff; } header a { color: #fff; }
  main { max-width: 56rem; margin: 2rem auto; padding: 0 1.5rem; } h1 { font-size: 1.75rem; line-height: 1.25; } h2 { margin: 0 0 .75rem; font-size: 1.25rem; }
  .card { padding: 1.25rem 1.5rem; margin: 1.25rem 0; background: #fff; border: 1px solid #b9c2cb; }
  label { display: block; margin: .75rem 0 .25rem; font-weight: 700; } select, input { font: inherit; min-height: 2.75rem; padding: 0 .5rem; }
  button { font: inherit; min-height: 3rem; padding: 0 1.5rem; margin-top: 1.25rem; background: var(--bank); color: #fff; border: 0; }
  .scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .9375rem; }
  th, td { text-align: left; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid #d5dbe1; white-space: nowrap; }
  dt { font-weight: 700; margin-top: .5rem; } dd { margin: 0; overflow-wrap: anywhere; } code { font-size: .875rem; overflow-wrap: anywhere; }
  :focus-visible { outline: 3px solid #000; outline-offset: 2px; }`;

const purposeField = ({ id, purposes: [first, ...others] }: Product): Html | '' =>
  first && others.length > 0
    ? html`<label for="purpose-${id}">What for</label>
        <select id="purpose-${id}" name="purpose">
          ${[first, ...others].map(([code, words]) => html`<option value="${code}">${words}</option>`)}
        </select>`
    : '';

const productForm = (product: Product, index: number): Html =>
  html`<form method="post" action="/applications" class="card" id="product-${product.id}">
    <h2>${product.title}</h2>
    <p>${product.why}</p>
    <input type="hidden" name="product" value="${product.id}" />
    ${purposeField(product)}
    <label for="uses-${product.id}">How often we may fetch it</label>
    <input id="uses-${product.id}" name="uses" type="number" min="1" max="10" value="3" />
    <div><button id="${index === 0 ? 'ask' : `ask-${product.id}`}">${product.button}</button></div>
  </form>`;

const outcomeCard = (outcome: Outcome): Html =>
  html`<section class="card" id="outcome" data-code="${outcome.code}">
    <h2 id="outcome-title">${outcome.title}</h2>
    <dl>
      <dt>Code</dt>
      <dd id="code"><code>${outcome.code}</code></dd>
      ${
        outcome.jurisdiction &&
        html`<dt>Decided by the rules of</dt>
          <dd id="jurisdiction">${outcome.jurisdiction}</dd>`
      }
      ${
        outcome.rule &&
        html`<dt>Rule</dt>
          <dd id="rule"><code>${outcome.rule}</code></dd>`
      }
      ${
        outcome.article &&
        html`<dt>Article</dt>
          <dd id="article">${outcome.article}</dd>`
      }
      ${
        outcome.reasons &&
        outcome.reasons.length > 0 &&
        html`<dt>Missing</dt>
          <dd id="reasons">${outcome.reasons.join(', ')}</dd>`
      }
    </dl>
  </section>`;

/** How the bank's clerks call the items of a record; the others by their name. */
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

const titleOf = (item: string): string => ITEM_TITLES[item] ?? titled(item.replaceAll('-', '_'));

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

function itemTable(item: string, value: unknown): Html {
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

const proofCard = ({ report, signer, kid, ciphertextDigest, recordDigest }: Received): Html =>
  html`<section class="card" id="proof">
    <h2>How we know it is genuine</h2>
    <dl>
      <dt>Signed by</dt>
      <dd id="signer">${signer}</dd>
      <dt>Key</dt>
      <dd><code>${kid}</code></dd>
      <dt>Consent</dt>
      <dd><code id="consent">${report.consentId}</code></dd>
      <dt>Digest of the record</dt>
      <dd><code>${recordDigest}</code></dd>
      <dt>Digest of what arrived</dt>
      <dd><code>${ciphertextDigest}</code></dd>
      ${
        report.left_out.length > 0 &&
        html`<dt>Left out by a rule</dt>
          <dd id="left-out">${report.left_out.map(({ item, rule }) => `${item} (${rule})`).join(', ')}</dd>`
      }
      ${
        report.conditions.length > 0 &&
        html`<dt>Conditions we accept</dt>
          <dd id="conditions">
            ${report.conditions.map(({ code, due }) => (due ? `${code} by ${due}` : code)).join(', ')}
          </dd>`
      }
    </dl>
  </section>`;

const againForm = ({ id }: Application): Html =>
  html`<form method="post" action="/applications/${id}/again">
    <button id="again">Fetch it once more</button>
  </form>`;

const reportMain = (application: Application, received: Received): Html =>
  html`<h1>We have received your record</h1>
    <p id="fetched">
      Fetched ${application.fetched} ${application.fetched === 1 ? 'time' : 'times'} under this consent.
    </p>
    <div id="report">${Object.entries(received.report.items).map(([item, value]) => itemTable(item, value))}</div>
    ${proofCard(received)} ${againForm(application)}`;

/** The pages of one bank. */
export class BankPages {
  constructor(private readonly face: BankFace) {}

  /** Where a customer begins. */
  start(): Page {
    const { products } = this.face;
    return this.page(
      'Your applications',
      html`<h1>What can we do for you?</h1>
        ${products.map(productForm)}
        <p>
          You sign in with your own city’s identity and decide there. We see neither your password nor your document
          numbers.
        </p>`,
    );
  }

  /** Why a request went no further. */
  outcome(outcome: Outcome): Page {
    const main = html`<h1>There is no report</h1>
      ${outcomeCard(outcome)}
      <p><a href="/" id="restart">Back to your application</a></p>`;
    return this.page('No report', main);
  }

  /** An application as it stands; the browser asks again by itself while the bank is working. */
  application(application: Application): { page: Page; refreshSeconds: number | null } {
    const { working, outcome, received } = application;
    if (working) {
      const main = html`<h1 id="working">We are fetching your report</h1>
        <p>The holder signs and encrypts it for us. This page looks again by itself.</p>
        <p><a href="/applications/${application.id}">Look now</a></p>`;
      return { page: this.page('Fetching', main), refreshSeconds: 1 };
    }
    if (outcome) {
      const main = html`<h1>There is no report</h1>
        ${outcomeCard(outcome)} ${application.grant && againForm(application)}
        <p><a href="/" id="restart">Back to your application</a></p>`;
      return { page: this.page('No report', main), refreshSeconds: null };
    }
    if (received) return { page: this.page('Your report', reportMain(application, received)), refreshSeconds: null };
    return { page: this.page('Waiting', html`<h1>We are waiting for your answer</h1>`), refreshSeconds: null };
  }

  private page(title: string, main: Html): Page {
    const { name, nameZh, colour } = this.face;
    return {
      lang: 'en',
      title: `${title} – ${name}`,
      style: style(colour),
      body: html`<header>
          <a href="/"><strong>${name}</strong> <span lang="zh-Hant">${nameZh}</span></a>
        </header>
        <main id="main">${main}</main>`,
    };
  }
}
