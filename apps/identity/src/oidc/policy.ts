import { levelOfAcr, type AssuranceLevel, type Jurisdiction, type RoutedDetail } from '@bayway/domain';
import { interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import { z } from 'zod';
import type { Clients } from '../clients/clients.js';
import type { Flows } from '../flows/flows.service.js';
import { detailIn } from '../flows/routed.js';
import type { Links } from '../linking/links.service.js';

const { Check, Prompt } = interactionPolicy;

type Parts = Readonly<{ me: Jurisdiction; clients: Clients; flows: Flows; links: Links }>;

const AcrClaim = z.object({
  essential: z.boolean().optional(),
  value: z.string().max(100).optional(),
  values: z.array(z.string().max(100)).max(10).optional(),
});
const RequestedClaims = z.object({ id_token: z.object({ acr: AcrClaim.nullish() }).nullish() });

/** Above every level there is: nobody reaches it. */
export const OUT_OF_REACH = 5;

const levelsOf = (values: readonly string[]): AssuranceLevel[] =>
  values.map(levelOfAcr).filter((level) => level !== null);

/**
 * The level that the client itself insists on: the lowest of its essential `acr` values; without these the lowest of its
 * `acr_values`, also when they are its standing ones (`default_acr_values`); 1 when it names none.
 * Essential values that are not ours cannot be reached; voluntary ones are passed over.
 * @see OpenID Connect Core 1.0 sections 3.1.2.1 and 5.5.1.1, RFC 9470 section 5
 */
export function levelInsistedOn(params: Readonly<Record<string, unknown>>): number {
  const essential = essentialAcrs(params.claims);
  if (essential.length > 0) return Math.min(OUT_OF_REACH, ...levelsOf(essential));
  const voluntary = levelsOf(typeof params.acr_values === 'string' ? params.acr_values.split(' ') : []);
  return voluntary.length > 0 ? Math.min(...voluntary) : 1;
}

function essentialAcrs(claims: unknown): string[] {
  const parsed = RequestedClaims.safeParse(typeof claims === 'string' ? JSON.parse(claims) : {});
  const acr = parsed.data?.id_token?.acr;
  if (!acr?.essential) return [];
  return [...(acr.values ?? []), ...(acr.value === undefined ? [] : [acr.value])];
}

/** The level that this request needs: what the record needs, or the client insists on, whichever is more. */
export async function levelNeeded(flows: Flows, params: Readonly<Record<string, unknown>>): Promise<number> {
  const detail = detailIn(params);
  const flow = detail ? await flows.find(detail.request_id) : null;
  return Math.max(flow?.level ?? 1, levelInsistedOn(params));
}

const paramsOf = (ctx: KoaContextWithOIDC): Readonly<Record<string, unknown>> => ctx.oidc.params ?? {};

/** One of our own steps: over when its result is there. */
function step(name: string, isFor: (detail: RoutedDetail) => boolean): interactionPolicy.Prompt {
  const pending = (ctx: KoaContextWithOIDC): boolean => {
    const detail = detailIn(paramsOf(ctx));
    return detail !== null && isFor(detail) && ctx.oidc.result?.[name] === undefined;
  };
  const check = new Check(`${name}_pending`, 'she has to be asked', 'interaction_required', pending);
  return new Prompt({ name, requestable: false }, check);
}

/** A session whose level is lower than needed is signed in again. */
const levelCheck = ({ flows }: Parts): interactionPolicy.Check =>
  new Check('level', 'a higher level of assurance is needed', 'unmet_authentication_requirements', async (ctx) => {
    const { session, result } = ctx.oidc;
    if (!session?.accountId || result?.login) return false;
    return (levelOfAcr(session.acr) ?? 1) < (await levelNeeded(flows, paramsOf(ctx)));
  });

/** A peer names whom it means; the session of somebody else, left here from before, is not used. */
const peerSubjectCheck = ({ clients, links }: Parts): interactionPolicy.Check =>
  new Check('peer_subject', 'the session is of another person', 'login_required', async (ctx) => {
    const { session, result, client } = ctx.oidc;
    const peer = client ? clients.standing(client.clientId).peer : null;
    const hint = paramsOf(ctx).login_hint;
    if (!peer || typeof hint !== 'string' || !session?.accountId || result?.login) return false;
    return (await links.find({ peer, sub: hint }))?.residentId !== session.accountId;
  });

/**
 * login: who she is · border (importer): to the exporter's provider · ask (exporter): her answers · consent: the
 * library's own, for what is left. The library's `acr` checks are replaced: ours ask for *at least* a level.
 */
export function policyOf(parts: Parts): interactionPolicy.DefaultPolicy {
  const policy = interactionPolicy.base();
  const login = policy.get('login');
  login?.checks.remove('essential_acrs');
  login?.checks.remove('essential_acr');
  login?.checks.add(peerSubjectCheck(parts));
  login?.checks.add(levelCheck(parts));
  policy.get('consent')?.checks.remove('rar_prompt');
  policy.get('consent')?.checks.remove('native_client_prompt');
  policy.add(
    step('border', (detail) => detail.exporter !== parts.me),
    1,
  );
  policy.add(
    step('ask', (detail) => detail.exporter === parts.me),
    2,
  );
  return policy;
}
