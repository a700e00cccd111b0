import { randomBytes } from 'node:crypto';
import express, { type Express, type Request, type Response } from 'express';
import { decodeJwt } from 'jose';
import { z } from 'zod';
import { healthRoutes } from '../web/health.js';
import { sendPage } from '../web/page.js';
import { recordPage, signedInPage, startPage, troublePage } from './pages.js';
import type { PortalHolder, PortalSettings } from './settings.js';
import { PortalClient, type PortalFlow, type Who } from './sign-in.js';

/** What a browser is about at one holder. */
type Visit = { flow?: PortalFlow; who?: Who; file?: string };

const COOKIE = 'holder_visit';
const LIMIT = 500;
const Made = z.object({ record: z.string().max(8_000_000) });
const Trouble = z.object({ type: z.string().max(300) });

/** The visits of the last hours, in memory, the oldest dropped first. */
class Visits {
  private readonly byName = new Map<string, Visit>();

  of(req: Request): Visit | undefined {
    const name = /(?:^|; )holder_visit=([\w-]{32})(?:;|$)/.exec(req.headers.cookie ?? '')?.[1];
    return name === undefined ? undefined : this.byName.get(name);
  }

  begin(res: Response, path: string, visit: Visit): void {
    const name = randomBytes(24).toString('base64url');
    this.byName.set(name, visit);
    const oldest = this.byName.size > LIMIT ? this.byName.keys().next() : undefined;
    if (oldest && !oldest.done) this.byName.delete(oldest.value);
    res.cookie(COOKIE, name, { httpOnly: true, sameSite: 'lax', path });
  }
}

/** Asks the holder's own connector for her record, signed for her to carry. @returns the file, or a problem code */
async function made(
  { connector, token, dataset }: PortalHolder,
  { documents }: Who,
): Promise<{ file: string } | { code: string }> {
  const answer = await fetch(`${connector}/carried-records`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ dataset, documents: documents.map(({ kind, number }) => ({ kind, number })) }),
    signal: AbortSignal.timeout(15_000),
  });
  const body: unknown = await answer.json();
  if (answer.ok) return { file: Made.parse(body).record };
  return { code: Trouble.safeParse(body).data?.type.split('/').at(-1) ?? 'unknown' };
}

/**
 * The pages of holders where people get their own records: each holder under a path of its own, a client of the cities.
 * @param onFault hears of faults that are the holder's own; it gets no personal data
 */
export function portalApp(settings: PortalSettings, onFault: (fault: string) => void): Express {
  const app = express().disable('x-powered-by');
  app.use(healthRoutes());
  for (const holder of settings.holders) app.use(`/${holder.participant}`, holderRoutes(settings, holder, onFault));
  return app;
}

function holderRoutes(
  settings: PortalSettings,
  holder: PortalHolder,
  onFault: (fault: string) => void,
): express.Router {
  const router = express.Router();
  const visits = new Visits();
  const client = new PortalClient(settings, holder);
  const path = `/${holder.participant}`;
  const trouble = (res: Response, code: string, status: number): void =>
    sendPage(res, troublePage(holder, code), status);

  router.get('/', (_req, res) => sendPage(res, startPage(holder)));

  router.get('/to/:city', async (req, res) => {
    if (!holder.cities.includes(req.params.city)) return trouble(res, 'city-unknown', 404);
    const { url, flow } = await client.begin(req.params.city);
    visits.begin(res, path, { flow });
    return res.redirect(303, url.href);
  });

  router.get('/cb', async (req, res) => {
    const visit = visits.of(req);
    if (!visit?.flow) return trouble(res, 'not-yours', 400);
    const { flow } = visit;
    delete visit.flow;
    try {
      visit.who = await client.finish(flow, new URL(req.originalUrl, settings.base));
    } catch (error) {
      onFault(`portal: ${(error as Error).name}`);
      return trouble(res, 'sign-in-not-finished', 403);
    }
    return res.redirect(303, `${path}/record`);
  });

  router.get('/record', (req, res) => {
    const visit = visits.of(req);
    if (!visit?.who) return trouble(res, 'not-signed-in', 403);
    if (!visit.file) return sendPage(res, signedInPage(holder, visit.who));
    const { items } = decodeJwt<{ items: Record<string, unknown> }>(visit.file);
    return sendPage(res, recordPage(holder, items));
  });

  router.post('/record', async (req, res) => {
    const visit = visits.of(req);
    if (!visit?.who) return trouble(res, 'not-signed-in', 403);
    const result = await made(holder, visit.who);
    if ('code' in result) return trouble(res, result.code, 404);
    visit.file = result.file;
    return res.redirect(303, `${path}/record`);
  });

  router.get('/file', (req, res) => {
    const file = visits.of(req)?.file;
    if (!file) return trouble(res, 'not-signed-in', 403);
    return res.set('cache-control', 'no-store').attachment('record.jwt').type('application/jose').send(file);
  });
  return router;
}
