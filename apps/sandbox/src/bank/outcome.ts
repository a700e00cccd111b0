import { AuthorizationResponseError, ResponseBodyError } from 'openid-client';
import { z } from 'zod';

/** Why there is no report: a code, and what is known of the rule behind it. */
export type Outcome = Readonly<{
  code: string;
  title: string;
  rule?: string | null;
  article?: string | null;
  jurisdiction?: string;
  reasons?: readonly string[];
  offers?: readonly Offer[];
}>;

/** A mode that is lawful instead, and what to ask for in it. */
export type Offer = z.infer<typeof Offer>;

const Offer = z.object({ mode: z.enum(['transfer', 'answer', 'verify']), items: z.array(z.string().max(40)).max(50) });

const Rule = z.object({
  code: z.string().max(60).optional(),
  rule: z.string().max(60).nullish(),
  article: z.string().max(300).nullish(),
  jurisdiction: z.string().max(10).optional(),
  reasons: z.array(z.string().max(100)).max(50).optional(),
  offers: z.array(Offer).max(5).optional(),
});

const ProblemBody = Rule.extend({ type: z.string().max(300), title: z.string().max(300) });

/** What a customer reads for an OAuth error (RFC 6749 section 4.1.2.1, RFC 9396 section 5, RFC 9470). */
const TITLES: Readonly<Record<string, string>> = {
  access_denied: 'You did not allow it. Nothing was sent to us.',
  unmet_authentication_requirements: 'Your city identity has not the level this record needs.',
  invalid_authorization_details: 'This cannot be asked for.',
  temporarily_unavailable: 'The other side does not answer at the moment. Nothing was sent; try again later.',
  login_required: 'You are not signed in any more. Start again.',
};

/** The parts of a refusal as far as a body has them. */
const ruleIn = (body: unknown): z.infer<typeof Rule> => Rule.safeParse(body).data ?? {};

/** The outcome that an OAuth error stands for, or null for any other error. */
export function outcomeOfError(error: unknown): Outcome | null {
  if (!(error instanceof AuthorizationResponseError || error instanceof ResponseBodyError)) return null;
  const title = TITLES[error.error] ?? 'The sign-in could not be finished.';
  const members = error instanceof ResponseBodyError ? ruleIn(error.cause) : { article: error.error_description };
  return { ...members, code: error.error, title };
}

const Failure = z.object({ message: z.string(), code: z.string().optional(), cause: z.unknown() }).partial();

/** Whether somebody could not be reached: `fetch` failed or ran out of time, at whatever depth of causes. */
export function isUnreached(error: unknown): boolean {
  const { message, code, cause } = Failure.safeParse(error).data ?? {};
  const here = message === 'fetch failed' || code === 'OAUTH_TIMEOUT' || code === 'ECONNREFUSED';
  return here || (cause !== undefined && isUnreached(cause));
}

/** What a fault says of itself; for the log. */
export const messageOf = (error: unknown): string => Failure.safeParse(error).data?.message ?? 'unknown';

/** The outcome of a refused or failed data request, from problem details (RFC 9457). */
export async function outcomeOfProblem(response: Response): Promise<Outcome> {
  const { data } = ProblemBody.safeParse(await response.json().catch(() => null));
  if (!data) return { code: 'answer-invalid', title: 'The broker answered in an unknown form.' };
  const { type, title, ...members } = data;
  return { ...members, code: type.split('/').at(-1) ?? type, title };
}

/** A refusal by the rules, or a problem code, as a request resource carries it. */
export function outcomeOfView(view: Readonly<{ refusal: unknown; problem: string | null; state: string }>): Outcome {
  const members = ruleIn(view.refusal);
  const code = members.code ?? view.problem ?? view.state;
  return { ...members, code, title: `The record was not released (${code}).` };
}
