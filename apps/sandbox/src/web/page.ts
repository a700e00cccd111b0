import { randomBytes } from 'node:crypto';
import type { Response } from 'express';
import { Html, html } from './html.js';

/** A whole page: its language, title, style sheet text and body. */
export type Page = Readonly<{ lang: string; title: string; style: string; body: Html }>;

/**
 * A page that runs no script and loads nothing, with its headers. `form-action` stays out: Chromium applies it to the
 * redirects that follow a form as well, and these lead back to whoever sent the person here.
 */
export function renderPage(page: Page): { headers: Record<string, string>; text: string } {
  const nonce = randomBytes(16).toString('base64');
  const headers = {
    'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'; img-src data:; base-uri 'none'; frame-ancestors 'none'`,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'content-type': 'text/html; charset=utf-8',
  };
  const { text } = html`<!doctype html>
    <html lang="${page.lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${page.title}</title>
        <style nonce="${nonce}">
          ${new Html(page.style)}
        </style>
      </head>
      <body>
        ${page.body}
      </body>
    </html>`;
  return { headers, text };
}

/** Answers a request with a page. */
export function sendPage(res: Response, page: Page, status = 200): void {
  const { headers, text } = renderPage(page);
  res.status(status).set(headers).send(text);
}
