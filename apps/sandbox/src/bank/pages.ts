import { html, type Html } from '../web/html.js';
import type { Page } from '../web/page.js';
import { itemTable, titleOf } from '../web/record-tables.js';
import type { Application } from './applications.js';
import type { Received } from './exchange.js';
import type { Carried } from './carried.js';
import type { Wish } from './detail.js';
import type { Offer, Outcome } from './outcome.js';
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

const OFFERED: Readonly<Record<Offer['mode'], readonly [title: string, button: string]>> = {
  transfer: ['The record itself can be sent', 'Ask for the record'],
  answer: ['Answers drawn from it can be sent', 'Ask for the answers only'],
  verify: ['You can carry it yourself', 'I carry it myself'],
};

/** What the law allows instead: the same application in another mode. */
const offerForm = ({ mode, items }: Offer, { product, purpose, uses }: Wish): Html =>
  html`<form method="post" action="/applications" class="card" id="offer-${mode}">
    <h2>${OFFERED[mode][0]}</h2>
    <p>Both sides’ laws allow this: ${items.map(titleOf).join(', ')}.</p>
    <input type="hidden" name="product" value="${product.id}" />
    <input type="hidden" name="purpose" value="${purpose}" />
    <input type="hidden" name="uses" value="${uses}" />
    <input type="hidden" name="mode" value="${mode}" />
    <input type="hidden" name="items" value="${items.join(',')}" />
    <button>${OFFERED[mode][1]}</button>
  </form>`;

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

/** What came of a comparison, over the file that she brought. */
const comparedMain = (received: Received, { items }: Carried): Html =>
  html`<h1>${received.report.items['match'] === true ? 'Your record is confirmed' : 'Your record is not confirmed'}</h1>
    <p id="match" data-match="${String(received.report.items['match'])}">
      ${
        received.report.items['match'] === true
          ? 'It is the same that its holder gave you. Nothing of it was sent to us but by you.'
          : 'Its holder did not give you this file, or not with these items, or too long ago.'
      }
    </p>
    <div id="report">${Object.entries(items).map(([item, value]) => itemTable(item, value))}</div>
    ${proofCard(received)}`;

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

  /** What she does when she carries her record herself. */
  carry({ product, purpose }: Wish, portal: string): Page {
    const main = html`<h1>Bring us your record yourself</h1>
      <ol>
        <li>
          <a id="portal" href="${portal}/${product.holder}">Get your own record</a> from its holder, and save the signed
          file.
        </li>
        <li>Give us the file here.</li>
        <li>Let the holder confirm it: only a one-time fingerprint is compared, and the answer is yes or no.</li>
      </ol>
      <form method="post" action="/carried" enctype="multipart/form-data" class="card" id="carried">
        <input type="hidden" name="product" value="${product.id}" />
        <input type="hidden" name="purpose" value="${purpose}" />
        <label for="record">The signed file</label>
        <input id="record" name="record" type="file" required />
        <div><button>Have it confirmed</button></div>
      </form>`;
    return this.page('Bring your record', main);
  }

  /** Why a request went no further. */
  outcome(outcome: Outcome, wish?: Wish): Page {
    const main = html`<h1>There is no report</h1>
      ${outcomeCard(outcome)} ${wish && (outcome.offers ?? []).map((offer) => offerForm(offer, wish))}
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
    if (received) {
      const { carried } = application;
      const main = carried ? comparedMain(received, carried) : reportMain(application, received);
      return { page: this.page('Your report', main), refreshSeconds: null };
    }
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
