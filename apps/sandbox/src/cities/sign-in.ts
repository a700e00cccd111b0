import type { City, Language } from '@bayway/domain';
import { Router, urlencoded, type Request, type Response } from 'express';
import Provider, { errors, type InteractionResults } from 'oidc-provider';
import { z } from 'zod';
import { SANDBOX_PIN, type Person } from '../population/person.js';
import { sendPage } from '../web/page.js';
import { endedPage, signInPage } from './pages.js';
import { accountsOf, type Registered } from './provider.js';
import { acrFor } from './scheme.js';
import { languageFor, languageOf } from './texts.js';

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

const Answer = z.object({
  do: z.enum(['sign-in', 'cancel']),
  account: z.string().max(64).default(''),
  pin: z.string().max(12).default(''),
  lang: z.string().max(10).default(''),
});

const AcrClaim = z.object({
  essential: z.boolean().default(false),
  value: z.string().optional(),
  values: z.array(z.string()).optional(),
});
const ClaimsParameter = z.object({ id_token: z.object({ acr: AcrClaim }) });

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The levels a request asks for (`acr_values`, or an acr claim of the `claims` parameter), and whether less will not do. */
export function requestedLevels(params: Readonly<Record<string, unknown>>): { acrs: string[]; essential: boolean } {
  const read = ClaimsParameter.safeParse(JSON.parse(textOf(params.claims) || 'null'));
  const { essential = false, values, value } = read.data?.id_token.acr ?? {};
  const named = values ?? (value === undefined ? [] : [value]);
  if (essential && named.length > 0) return { acrs: named, essential };
  return { acrs: [...named, ...textOf(params.acr_values).split(' ')], essential: false };
}

/** Ends an interaction and leads back to the provider; a session of another account makes way without a page between. */
async function finish(provider: Provider, interaction: Interaction, result: InteractionResults): Promise<string> {
  const signedIn = interaction.session;
  if (result.login && signedIn && signedIn.accountId !== result.login.accountId) {
    await (await provider.Session.find(signedIn.cookie))?.destroy();
    interaction.session = undefined;
  }
  interaction.result = { ...interaction.lastSubmission, ...result };
  await interaction.save(interaction.exp - Math.floor(Date.now() / 1_000));
  return interaction.returnTo;
}

function loginResult({ account }: Registered, city: City, interaction: Interaction): InteractionResults {
  const { acrs, essential } = requestedLevels(interaction.params);
  const acr = acrFor(city, account.acr, acrs);
  if (essential && !acrs.includes(acr)) {
    return {
      error: 'unmet_authentication_requirements',
      error_description: `the account does not reach the level asked for`,
    };
  }
  const ts = Math.floor(Date.now() / 1_000);
  return { login: { accountId: account.sub, acr, amr: ['pin'], ts }, select_account: {} };
}

/** The sign-in routes of one city: `GET` and `POST /interaction/:uid`. */
export function signInRoutes(provider: Provider, city: City, people: readonly Person[]): Router {
  const byLogin = accountsOf(people, city, 'login');
  const router = Router();

  const languageFrom = (req: Request, wished: unknown, uiLocales?: unknown): Language => {
    const locales = typeof uiLocales === 'string' ? uiLocales.split(' ') : [];
    return languageFor(
      [...(typeof wished === 'string' ? [wished] : []), ...locales, ...req.acceptsLanguages()],
      languageOf(city),
    );
  };

  const ended = (req: Request, res: Response) => sendPage(res, endedPage(city, languageFrom(req, req.query.lang)), 400);

  const withInteraction =
    (answer: (req: Request, res: Response, interaction: Interaction) => Promise<void>) =>
    async (req: Request, res: Response): Promise<void> => {
      const interaction = await provider.interactionDetails(req, res).catch((error: unknown) => {
        if (error instanceof errors.SessionNotFound) return null;
        throw error;
      });
      if (!interaction || interaction.uid !== req.params.uid) return ended(req, res);
      return answer(req, res, interaction);
    };

  router.get(
    '/interaction/:uid',
    withInteraction(async (req, res, interaction) => {
      const lang = languageFrom(req, req.query.lang, interaction.params.ui_locales);
      const hint = interaction.params.login_hint;
      const account = typeof hint === 'string' && byLogin.has(hint) ? hint : undefined;
      sendPage(
        res,
        signInPage({ city, lang, uid: interaction.uid, account, again: interaction.session !== undefined }),
      );
      return Promise.resolve();
    }),
  );

  router.post(
    '/interaction/:uid',
    urlencoded({ extended: false, limit: '4kb', parameterLimit: 10 }),
    withInteraction(async (req, res, interaction) => {
      const read = Answer.safeParse(req.body);
      if (!read.success) return ended(req, res);
      const { do: action, account, pin, lang } = read.data;
      if (action === 'cancel') {
        const cancelled = { error: 'access_denied', error_description: 'the person cancelled the sign-in' };
        return res.redirect(303, await finish(provider, interaction, cancelled));
      }
      const registered = pin === SANDBOX_PIN ? byLogin.get(account.trim().toLowerCase()) : undefined;
      if (!registered) {
        const view = { city, lang: languageFrom(req, lang), uid: interaction.uid, account, failed: true };
        return sendPage(res, signInPage(view), 422);
      }
      return res.redirect(303, await finish(provider, interaction, loginResult(registered, city, interaction)));
    }),
  );
  return router;
}
