import express, { raw, text, urlencoded, type Express, type Request, type Response } from 'express';
import { healthRoutes } from '../web/health.js';
import { sendPage } from '../web/page.js';
import { newOwner, type Application } from './applications.js';
import { formOf, textOf, type Carried } from './carried.js';
import { Desk } from './desk.js';
import { ApplicationForm, chosen, type Wish } from './detail.js';
import type { Outcome } from './outcome.js';
import { BankPages } from './pages.js';
import { bankFace } from './products.js';
import type { BankSettings } from './settings.js';
import { Webhooks } from './webhooks.js';

const COOKIE = 'bank_browser';
const NOT_YOURS: Outcome = {
  code: 'application-unknown',
  title: 'There is no such application in this browser.',
};

const NOT_GENUINE: Outcome = {
  code: 'record-not-genuine',
  title: 'This file is not a record that its holder signed for you to bring to us.',
};

/** The browser's name at the bank, if it sent one. */
const ownerOf = (req: Request): string =>
  /(?:^|; )bank_browser=([\w-]{32})(?:;|$)/.exec(req.headers.cookie ?? '')?.[1] ?? '';

/**
 * A bank that asks for a record as any partner would: with OpenID Connect, HTTP and JOSE, and none of Bayway's own code.
 * @param onFault hears of faults that are the bank's own; it gets no personal data
 */
export function bankApp(settings: BankSettings, onFault: (fault: string) => void): Express {
  const desk = new Desk(settings, onFault);
  const face = bankFace(settings.participant);
  const pages = new BankPages(face);
  const show = (res: Response, application: Application): void => {
    const { page, refreshSeconds } = pages.application(application);
    if (refreshSeconds !== null) res.set('refresh', String(refreshSeconds));
    sendPage(res, page);
  };
  const ask = async (...[req, res, wish, carried]: [Request, Response, Wish, Carried?]): Promise<void> => {
    const owner = ownerOf(req) || newOwner();
    const asked = await desk.ask(wish, owner, carried);
    if ('outcome' in asked) return sendPage(res, pages.outcome(asked.outcome, wish), 403);
    const secure = settings.base.startsWith('https:');
    res.cookie(COOKIE, owner, { httpOnly: true, sameSite: 'lax', secure, path: '/' });
    return res.redirect(303, asked.url.href);
  };
  const app = express().disable('x-powered-by');
  app.use(healthRoutes());
  app.get('/', (_req, res) => sendPage(res, pages.start()));

  app.post('/applications', urlencoded({ extended: false, limit: '4kb', parameterLimit: 10 }), async (req, res) => {
    const form = ApplicationForm.safeParse(req.body ?? {});
    const wish = form.success ? chosen(face.products, form.data) : null;
    if (!wish) return sendPage(res, pages.start(), 422);
    if (wish.product.mode === 'verify') return sendPage(res, pages.carry(wish, settings.portal));
    return ask(req, res, wish);
  });

  app.post('/carried', raw({ type: () => true, limit: '2mb' }), async (req, res) => {
    const brought = await broughtIn(req, { desk, products: face.products });
    if (brought === null) return sendPage(res, pages.start(), 422);
    if (brought.carried === null) return sendPage(res, pages.outcome(NOT_GENUINE), 422);
    return ask(req, res, brought.wish, brought.carried);
  });

  app.get('/cb', async (req, res) => {
    const application = await desk.comeBack(new URL(req.originalUrl, settings.base), ownerOf(req));
    if (!application) return sendPage(res, pages.outcome(NOT_YOURS), 400);
    return res.redirect(303, `/applications/${application.id}`);
  });

  app.get('/applications/:id', (req, res) => {
    const application = desk.applications.find(req.params.id, ownerOf(req));
    return application ? show(res, application) : sendPage(res, pages.outcome(NOT_YOURS), 404);
  });

  app.post('/applications/:id/again', (req, res) => {
    const application = desk.applications.find(req.params.id, ownerOf(req));
    if (!application) return sendPage(res, pages.outcome(NOT_YOURS), 404);
    void desk.fetch(application);
    return res.redirect(303, `/applications/${application.id}`);
  });
  const webhooks = new Webhooks(settings, onFault);
  app.post('/webhooks', text({ type: 'application/jwt', limit: '16kb' }), async (req, res) => {
    const told = await webhooks.read(String(req.body)).catch(() => null);
    if (!told) return void res.status(400).json({ error: 'not for us' });
    if (told.event !== 'consent.ended' || told.state !== 'withdrawn') return void res.status(204).end();
    desk.applications.withdrawn(told.consentId);
    res.json({ statement: await webhooks.stopped(told.consentId) });
    void webhooks.deleted(told.consentId);
  });
  return app;
}

/** The form with a file that she brought: what it is for, and what is in it; null where the form is another one. */
async function broughtIn(
  req: Request,
  { desk, products }: { desk: Desk; products: Parameters<typeof chosen>[0] },
): Promise<{ wish: Wish; carried: Carried | null } | null> {
  const form = await formOf(req.body as Uint8Array, req.header('content-type') ?? '').catch(() => new FormData());
  const fields = { product: form.get('product') ?? '', purpose: form.get('purpose') ?? '', uses: 1 };
  const asked = ApplicationForm.safeParse(fields);
  const wish = asked.success ? chosen(products, asked.data) : null;
  if (!wish) return null;
  const carried = await desk.receive(await textOf(form.get('record')), wish);
  const items = Object.keys(carried?.items ?? {});
  return { wish: { ...wish, product: { ...wish.product, mode: 'verify', items, optional: [] } }, carried };
}
