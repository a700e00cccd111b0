import { createElement } from 'react';
import { Inject, Injectable } from '@nestjs/common';
import type { Provider } from 'oidc-provider';
import { z } from 'zod';
import { GIVEN_CLAIMS, GIVEN_SCOPES } from '../oidc/grants.js';
import { Interactions, PROVIDER, type Exchange, type Interaction } from '../oidc/interactions.js';
import type { CurrentProvider } from '../oidc/provider.js';
import { htmlOf } from '../pages/page-context.js';
import type { Reply, Waiting } from '../sign-in/request.service.js';
import { ReleasePage } from './release-page.js';

/** What says who she is, given if she wants. */
const NAMES = ['name', 'name_latin'];

type Grant = InstanceType<Provider['Grant']>;

/** What the page is about. */
export type Asked = Readonly<{ name: boolean; offline: boolean }>;

/** What an app that registered itself gets to know about her, beside a name of its own for her. */
@Injectable()
export class Releases {
  @Inject(Interactions) private readonly interactions!: Interactions;
  @Inject(PROVIDER) private readonly provider!: CurrentProvider;

  /** Asks her; a client of whom it is known beforehand what it gets goes on without a question (see `loadGrant`). */
  async show(exchange: Exchange, waiting: Waiting): Promise<Reply> {
    if (waiting.client.kind !== 'app')
      return { redirect: await this.interactions.finish(exchange, waiting.interaction, { consent: {} }) };
    return { page: htmlOf(createElement(ReleasePage, { ...waiting, asked: askedIn(waiting) })) };
  }

  /** Grants what she chose and refuses the rest, so that she is not asked about it again in this session. */
  async decide(exchange: Exchange, waiting: Waiting, { name }: Readonly<{ name: boolean }>): Promise<Reply> {
    const { interaction, client } = waiting;
    const accountId = interaction.session?.accountId;
    if (interaction.prompt.name !== 'consent' || client.kind !== 'app' || !accountId) return { redirect: waiting.base };
    // A grant of its own each time: what was refused before may be given now, and the other way round.
    const grant = new (this.provider().Grant)({ clientId: client.id, accountId });
    fill(grant, interaction, name);
    const grantId = await grant.save();
    return { redirect: await this.interactions.finish(exchange, interaction, { consent: { grantId } }) };
  }
}

function fill(grant: Grant, interaction: Interaction, name: boolean): void {
  const given = [...GIVEN_SCOPES, ...GIVEN_CLAIMS, ...(name ? ['profile', ...NAMES] : [])];
  for (const scope of scopesOf(interaction))
    if (given.includes(scope)) grant.addOIDCScope(scope);
    else grant.rejectOIDCScope(scope);
  for (const claim of claimsOf(interaction))
    if (given.includes(claim)) grant.addOIDCClaims([claim]);
    else grant.rejectOIDCClaims([claim]);
}

const scopesOf = ({ params }: Interaction): string[] =>
  typeof params.scope === 'string' ? params.scope.split(' ').filter(Boolean) : [];

const Claims = z.object({
  id_token: z.record(z.string(), z.unknown()).nullish(),
  userinfo: z.record(z.string(), z.unknown()).nullish(),
});

/** Claims asked for one by one (OpenID Connect Core 1.0 section 5.5); the library has checked their form. */
function claimsOf({ params }: Interaction): string[] {
  const read = Claims.safeParse(typeof params.claims === 'string' ? JSON.parse(params.claims) : {});
  return Object.keys({ ...read.data?.id_token, ...read.data?.userinfo });
}

const askedIn = ({ interaction }: Waiting): Asked => ({
  name: scopesOf(interaction).includes('profile') || claimsOf(interaction).some((claim) => NAMES.includes(claim)),
  offline: scopesOf(interaction).includes('offline_access'),
});
