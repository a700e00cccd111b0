import type { City, Language } from '@bayway/domain';
import { Router, urlencoded, type Request, type Response } from 'express';
import { z } from 'zod';
import { SANDBOX_PIN, type Person } from '../population/person.js';
import { sendPage } from '../web/page.js';
import { accountsOf, type Registered } from './accounts.js';
import type { Faults } from './faults.js';
import { endedPage, signInPage } from './pages.js';
import { schemeOf } from './scheme.js';
import { languageFor, languageOf } from './texts.js';

/** A sign-in that waits for somebody at a page. */
export type Pending = Readonly<{ uid: string; uiLocales?: unknown; loginHint?: unknown; signedIn: boolean }>;

/** What stands behind the sign-in page: the protocol by which the person came and goes back. */
export type Desk<P extends Pending> = Readonly<{
  /** Under which path of the city its pages are. */
  path: string;
  /** The waiting sign-in of this browser, or null when it is over or another browser's. */
  load: (req: Request, res: Response, uid: string) => Promise<P | null>;
  /** She goes away. @returns where the browser goes on */
  cancel: (pending: P, res: Response) => Promise<string>;
  /** She is who she says. @returns where the browser goes on */
  signIn: (pending: P, who: Registered, res: Response) => Promise<string>;
}>;

const Answer = z.object({
  do: z.enum(['sign-in', 'cancel']),
  account: z.string().max(64).default(''),
  pin: z.string().max(12).default(''),
  lang: z.string().max(10).default(''),
});

/** Somebody else with an account here: whom the city takes her for when it mixes people up. */
function mixedUp(byLogin: ReadonlyMap<string, Registered>, { account }: Registered): Registered | undefined {
  return [...byLogin.values()].find((other) => other.account.login !== account.login);
}

/** The sign-in routes of one city: `GET` and `POST /<path>/:uid`. */
export function signInRoutes<P extends Pending>(
  desk: Desk<P>,
  { city, people, faults }: Readonly<{ city: City; people: readonly Person[]; faults: Faults }>,
): Router {
  const byLogin = accountsOf(people, city, 'login');
  const router = Router();
  const actionOf = ({ uid }: P): string => `/${city.slug}/${desk.path}/${uid}`;

  const languageFrom = (req: Request, wished: unknown, uiLocales?: unknown): Language => {
    const locales = typeof uiLocales === 'string' ? uiLocales.split(' ') : [];
    return languageFor(
      [...(typeof wished === 'string' ? [wished] : []), ...locales, ...req.acceptsLanguages()],
      languageOf(city),
    );
  };

  const ended = (req: Request, res: Response) => sendPage(res, endedPage(city, languageFrom(req, req.query.lang)), 400);

  const withPending =
    (answer: (req: Request, res: Response, pending: P) => Promise<void>) =>
    async (req: Request, res: Response): Promise<void> => {
      const pending = await desk.load(req, res, String(req.params.uid));
      return pending ? answer(req, res, pending) : ended(req, res);
    };

  /** As the person at the desk, or as what a fault makes of her. */
  const taken = (registered: Registered): Registered => {
    const fault = faults.at(city.slug);
    if (fault === 'other-person') return mixedUp(byLogin, registered) ?? registered;
    if (fault !== 'low-level') return registered;
    return { ...registered, account: { ...registered.account, acr: schemeOf(city).acrs[0] } };
  };

  router.get(
    `/${desk.path}/:uid`,
    withPending(async (req, res, pending) => {
      const lang = languageFrom(req, req.query.lang, pending.uiLocales);
      const hint = pending.loginHint;
      const account = typeof hint === 'string' && byLogin.has(hint) ? hint : undefined;
      sendPage(res, signInPage({ city, lang, action: actionOf(pending), account, again: pending.signedIn }));
      return Promise.resolve();
    }),
  );

  router.post(
    `/${desk.path}/:uid`,
    urlencoded({ extended: false, limit: '4kb', parameterLimit: 10 }),
    withPending(async (req, res, pending) => {
      const read = Answer.safeParse(req.body);
      if (!read.success) return ended(req, res);
      const { do: action, account, pin, lang } = read.data;
      if (action === 'cancel') return res.redirect(303, await desk.cancel(pending, res));
      const registered = pin === SANDBOX_PIN ? byLogin.get(account.trim().toLowerCase()) : undefined;
      if (!registered) {
        const view = { city, lang: languageFrom(req, lang), action: actionOf(pending), account, failed: true };
        return sendPage(res, signInPage(view), 422);
      }
      return res.redirect(303, await desk.signIn(pending, taken(registered), res));
    }),
  );
  return router;
}
