import { Router } from 'express';
import { z } from 'zod';
import { backTo, openIdOf, PlainDesk } from './plain-desk.js';
import { schemeOf } from './scheme.js';
import type { SignedCalls } from './signed-calls.js';
import type { StyleParts } from './styles.js';

const Query = z.object({
  appid: z.string().max(100),
  service: z.url().max(300),
  state: z.string().max(200),
  /** The trust level that is needed, 2 to 5. */
  level: z.coerce.number().int().min(2).max(5).default(2),
  /** A session from before does not suffice. */
  renew: z.enum(['true', 'false']).default('false'),
  locale: z.string().max(20).optional(),
});
const Validate = z.object({ ticket: z.string().max(100), service: z.string().max(300) });

/** The platform's codes of documents. */
const CERTIFICATE_TYPES: Readonly<Record<string, string>> = {
  'resident-identity-card': '10',
  'home-return-permit': '20',
  'residence-permit': '30',
};

/**
 * A sign-in like Guangdong's unified platform: the browser comes back with a ticket, and one call exchanges it, once, for
 * the person and the trust level (2 to 5) of this sign-in. How calls are signed is the sandbox's own (`SignedCalls`).
 */
export function ticketRoutes({ city, secret }: StyleParts, calls: SignedCalls): { router: Router; desk: PlainDesk } {
  const desk = new PlainDesk(city, {
    signedIn: (arrival, ticket) => backTo(arrival, { ticket }),
    cancelled: (arrival) => backTo(arrival, { errcode: 'cancelled' }),
  });
  const router = Router();
  const { acrs } = schemeOf(city);
  const levelOf = (acr: string): number => Number(acr.slice(-1));

  router.get('/sso/login', (req, res) => {
    const read = Query.safeParse(req.query);
    const client = read.success ? calls.clientOf(read.data.appid) : undefined;
    if (!read.success || !client?.redirect_uris.includes(read.data.service)) {
      res.status(400).json({ errcode: 'request-invalid' });
      return;
    }
    const { appid, service, state, level, renew, locale } = read.data;
    const enough = level === 2 ? [] : acrs.filter((acr) => levelOf(acr) >= level);
    const arrival = { clientId: appid, redirectUri: service, state, acrs: enough, again: renew === 'true' };
    res.redirect(303, desk.arrive(req, res, { ...arrival, uiLocales: locale }));
  });

  router.post(
    '/sso/validate',
    ...calls.handle(({ client, claims }) => {
      const read = Validate.safeParse(claims);
      const by = { clientId: client.client_id, redirectUri: read.data?.service ?? '' };
      const issued = read.success ? desk.redeem(read.data.ticket, by) : null;
      if (!issued) return { errcode: 'ticket-invalid' };
      const { person, account } = issued.who;
      const certificates = account.documents.map(({ kind, number }) => ({ type: CERTIFICATE_TYPES[kind], number }));
      return {
        errcode: 'ok',
        level: levelOf(issued.acr),
        loginTime: issued.at,
        user: {
          uid: openIdOf(secret, client.client_id, account.sub),
          name: person.name.zh ?? person.name.latin,
          englishName: person.name.latin,
          birthday: person.bornOn,
          certificates,
        },
      };
    }),
  );
  return { router, desk };
}
