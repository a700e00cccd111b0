import { html, type Html } from '../web/html.js';
import type { Page } from '../web/page.js';
import { itemTable } from '../web/record-tables.js';
import type { PortalHolder } from './settings.js';
import type { Who } from './sign-in.js';

const STYLE = `
  :root { font: 1.0625rem/1.6 system-ui, sans-serif; color: #16202b; background: #fff; }
  body { margin: 0 auto; max-width: 56rem; padding: 1rem 1.5rem; } .card { margin: 1.25rem 0; }
  button, .button { display: inline-block; font: inherit; min-height: 3rem; padding: 0 1.5rem; background: #26413c; color: #fff; border: 0; line-height: 3rem; text-decoration: none; }
  .scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .9375rem; }
  th, td { text-align: left; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid #d5dbe1; white-space: nowrap; }
  :focus-visible { outline: 3px solid #000; outline-offset: 2px; }
  @media print { .screen { display: none; } .scroll { overflow: visible; } th, td { white-space: normal; } }`;

const page = ({ name }: PortalHolder, title: string, main: Html): Page => ({
  lang: 'en',
  title: `${title} – ${name}`,
  style: STYLE,
  body: html`<header class="screen"><strong>${name}</strong></header>
    <main id="main">${main}</main>`,
});

export const startPage = (holder: PortalHolder): Page =>
  page(
    holder,
    'Your own record',
    html`<h1>Get your own record</h1>
      <p>It is your right. Sign in with the identity of your city; what you do with the record is up to you.</p>
      <ul>
        ${holder.cities.map((slug) => html`<li><a href="/${holder.participant}/to/${slug}">${slug}</a></li>`)}
      </ul>`,
  );

export const signedInPage = (holder: PortalHolder, { name }: Who): Page =>
  page(
    holder,
    'Signed in',
    html`<h1>${name}, this is your page</h1>
      <p>We make a signed copy for you. It is good for 30 days, and we confirm it once to whomever you bring it.</p>
      <form method="post" action="/${holder.participant}/record"><button id="make">Make my copy</button></form>`,
  );

/** The record as it can be printed, or kept as PDF by way of printing; the signed file is what can be checked. */
export const recordPage = (holder: PortalHolder, items: Readonly<Record<string, unknown>>): Page =>
  page(
    holder,
    'Your record',
    html`<h1>Your record at ${holder.name}</h1>
      <p class="screen">
        <a class="button" id="file" href="/${holder.participant}/file" download="record.jwt">Save the signed file</a> To
        keep it as PDF, print this page. Only the signed file can be checked by others.
      </p>
      ${Object.entries(items).map(([item, value]) => itemTable(item, value))}`,
  );

export const troublePage = (holder: PortalHolder, code: string): Page =>
  page(
    holder,
    'No record',
    html`<h1 id="trouble" data-code="${code}">We could not give you a record</h1>
      <p><code>${code}</code></p>
      <p><a href="/${holder.participant}">Start again</a></p>`,
  );
