import express, { type Express } from 'express';
import { z } from 'zod';
import { healthRoutes } from '../web/health.js';
import { html, type Html } from '../web/html.js';
import { sendPage } from '../web/page.js';
import type { Mail, Mails } from './mails.js';

const STYLE = `
  body { font: 1.0625rem/1.6 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b; }
  table { width: 100%; border-collapse: collapse; } th, td { text-align: left; padding: .5rem; border-bottom: 1px solid #999; }
  pre { white-space: pre-wrap; padding: 1rem; border: 1px solid #999; } :focus-visible { outline: 3px solid #000; }`;

const Query = z.object({ to: z.string().max(320).optional() });

const row = (mail: Mail): Html =>
  html`<tr>
    <td><a href="/mails/${mail.id}">${mail.subject || '(no subject)'}</a></td>
    <td>${mail.to}</td>
    <td><time datetime="${mail.receivedAt}">${mail.receivedAt.slice(0, 19).replace('T', ' ')}</time></td>
  </tr>`;

const listPage = (mails: readonly Mail[]): Html =>
  html`<h1>Mailbox</h1>
    <p>
      Every mail the system sends ends here; none leaves this machine. The last 500 are kept until the sandbox stops.
    </p>
    ${
      mails.length === 0
        ? html`<p id="empty">No mail yet. Mails appear here when somebody is asked, answers or withdraws.</p>`
        : html`<table id="mails">
            <thead>
              <tr>
                <th scope="col">Subject</th>
                <th scope="col">To</th>
                <th scope="col">Received (UTC)</th>
              </tr>
            </thead>
            <tbody>
              ${mails.slice(0, 100).map(row)}
            </tbody>
          </table>`
    }`;

const mailPage = (mail: Mail): Html =>
  html`<p><a href="/">All mails</a></p>
    <h1>${mail.subject || '(no subject)'}</h1>
    <p>From ${mail.from}<br />To ${mail.to}<br />${mail.receivedAt}</p>
    <pre id="text">${mail.text}</pre>`;

/** The mailbox in a browser, and as JSON under `/mails?to=…` for tests. */
export function mailboxApp(mails: Mails): Express {
  const app = express().disable('x-powered-by');
  app.use(healthRoutes());
  app.get('/', (_req, res) =>
    sendPage(res, { lang: 'en', title: 'Mailbox', style: STYLE, body: listPage(mails.list()) }),
  );
  app.get('/mails', (req, res) => {
    const query = Query.safeParse(req.query);
    if (!query.success) return void res.status(400).json({ error: 'to is not an address' });
    res.json({ mails: mails.list(query.data.to).slice(0, 100) });
  });
  app.get('/mails/:id', (req, res) => {
    const mail = mails.find(Number(req.params.id));
    if (mail) return sendPage(res, { lang: 'en', title: mail.subject, style: STYLE, body: mailPage(mail) });
    const body = html`<h1>No such mail</h1>
      <p><a href="/">All mails</a></p>`;
    sendPage(res, { lang: 'en', title: 'No such mail', style: STYLE, body }, 404);
  });
  return app;
}
