import type { City } from '@bayway/domain';
import Provider, { errors, type InteractionResults } from 'oidc-provider';
import { z } from 'zod';
import type { Registered } from './accounts.js';
import { acrFor } from './scheme.js';
import type { Desk, Pending } from './sign-in.js';

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;
type OidcPending = Pending & Readonly<{ interaction: Interaction }>;

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

/** The sign-in page of a city's OpenID provider. */
export function oidcDesk(provider: Provider, city: City): Desk<OidcPending> {
  return {
    path: 'interaction',
    load: async (req, res, uid) => {
      const interaction = await provider.interactionDetails(req, res).catch((error: unknown) => {
        if (error instanceof errors.SessionNotFound) return null;
        throw error;
      });
      if (interaction?.uid !== uid) return null;
      const { ui_locales: uiLocales, login_hint: loginHint } = interaction.params;
      return { uid, uiLocales, loginHint, signedIn: interaction.session !== undefined, interaction };
    },
    cancel: ({ interaction }) =>
      finish(provider, interaction, {
        error: 'access_denied',
        error_description: 'the person cancelled the sign-in',
      }),
    signIn: ({ interaction }, who) => finish(provider, interaction, loginResult(who, city, interaction)),
  };
}
