import { Inject, Injectable } from '@nestjs/common';
import type { Jurisdiction, RoutedDetail } from '@bayway/domain';
import { CONFIG } from '@bayway/service';
import { Clients, type KnownClient } from '../clients/clients.js';
import type { IdentityConfig } from '../config.js';
import { Flows } from '../flows/flows.service.js';
import { detailIn } from '../flows/routed.js';
import type { Exchange, Interaction } from '../oidc/interactions.js';
import { levelNeeded } from '../oidc/policy.js';
import { PageContext, type View } from '../pages/page-context.js';
import { Secrets } from '../secrets.js';
import { freshnessOf, type Freshness } from './freshness.js';
import { Steps, type Step } from './steps.service.js';

/** An authorization request that waits for her, with all that its pages and rules need. */
export type Waiting = Readonly<{
  interaction: Interaction;
  client: KnownClient;
  detail: RoutedDetail | null;
  /** The level that is needed; one out of reach when the client insists on what we do not have. */
  level: number;
  freshness: Freshness;
  step: Step;
  view: View;
  /** Path of the interaction. */
  base: string;
  csrf: string;
  /** Who asks, in the reader's language: the partner, also when its own side's provider is the client. */
  asker: string;
  /** Whom the peer means, by its own name for her. */
  hint: Readonly<{ peer: Jurisdiction; sub: string }> | null;
}>;

/** What is answered to the browser. */
export type Reply = Readonly<{ redirect: string } | { page: string; status?: number }>;

/** Reads a waiting authorization request. */
@Injectable()
export class Requests {
  @Inject(CONFIG) private readonly config!: IdentityConfig;
  @Inject(Clients) private readonly clients!: Clients;
  @Inject(Flows) private readonly flows!: Flows;
  @Inject(Steps) private readonly steps!: Steps;
  @Inject(Secrets) private readonly secrets!: Secrets;
  @Inject(PageContext) private readonly pages!: PageContext;

  /** Null when the client has been removed in the meantime. */
  async read({ req, res }: Exchange, interaction: Interaction): Promise<Waiting | null> {
    const { params, uid } = interaction;
    const client = await this.clients.find(String(params.client_id));
    if (!client) return null;
    const detail = detailIn(params);
    const flow = detail ? await this.flows.find(detail.request_id) : null;
    const step = this.steps.of(interaction);
    const view = this.pages.view(req, { chosen: step.language, uiLocales: params.ui_locales });
    this.remember({ req, res }, view);
    if (req.query.ui_locales && step.language !== view.language)
      await this.steps.note(interaction, { language: view.language });
    const hint = typeof params.login_hint === 'string' ? params.login_hint : null;
    return {
      interaction,
      client,
      detail,
      step,
      view,
      level: await levelNeeded(this.flows, params),
      freshness: freshnessOf(params, interaction.prompt.reasons),
      base: `/interaction/${uid}`,
      csrf: this.csrf(uid),
      asker: (client.peer && flow ? flow.recipient : client.name)[view.language],
      hint: client.peer && hint ? { peer: client.peer, sub: hint } : null,
    };
  }

  /** Whether a form was made for this interaction. Its cookie, which other sites cannot send, is checked besides. */
  isOwnForm(uid: string, csrf: unknown): boolean {
    return typeof csrf === 'string' && this.secrets.macMatches('forms', `csrf\n${uid}`, csrf);
  }

  private csrf(uid: string): string {
    return this.secrets.mac('forms', `csrf\n${uid}`);
  }

  /** What she chose on this page holds for later pages of this browser. */
  private remember({ req, res }: Exchange, view: View): void {
    const secure = this.config.BASE_URL.startsWith('https:');
    const options = { httpOnly: true, sameSite: 'lax', secure, maxAge: 365 * 86_400_000 } as const;
    if (req.query.ui_locales) res.cookie(this.pages.languageCookie, view.language, options);
    if (req.query.text) res.cookie(this.pages.sizeCookie, view.textSize, options);
  }
}
