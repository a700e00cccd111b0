import { Inject, Injectable } from '@nestjs/common';
import { DomainError, fromProblem, ROLES, type Problem, type Role } from '@bayway/contracts';
import { CONFIG } from '@bayway/service';
import { decodeJwt } from 'jose';
import { z } from 'zod';
import type { ConsoleConfig } from '../config.js';
import { responseProblem } from '../portal/consent-api.js';
import { AdministratorSessions, type Session, type Tokens } from '../sessions/sessions.service.js';
import { AdministratorClient } from '../sign-in/oidc-client.js';
import { Health } from './health.service.js';
import { adminRoute, type Upstream } from './routes.js';

/** What a page sends, as it came. */
export type Sent = Readonly<{ method: 'GET' | 'POST' | 'PUT'; path: string; query: string; body: unknown }>;
/** What the service answered, as it came. */
export type Answered = Readonly<{ status: number; headers: Readonly<Record<string, string>>; body: string }>;

type Service = Exclude<Upstream, 'console'>;
const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' };
const PASSED_ON = ['content-type', 'content-disposition', 'next'] as const;
/** A token that ends sooner is renewed first. */
const SPARE_MS = 30_000;
const Roles = z
  .array(z.string())
  .catch([])
  .transform((names) => ROLES.filter((role) => names.includes(role)));

/** What administrators ask of the services of their own jurisdiction. Nothing of it is kept. */
@Injectable()
export class Administration {
  /** Tokens for the broker, by session; the one for consent lives in the session itself. */
  private readonly others = new Map<string, Tokens>();

  // eslint-disable-next-line max-params -- what it asks of others, each by its own
  constructor(
    @Inject(CONFIG) private readonly config: ConsoleConfig,
    @Inject(AdministratorClient) private readonly oidc: AdministratorClient,
    @Inject(AdministratorSessions) private readonly sessions: AdministratorSessions,
    @Inject(Health) private readonly health: Health,
  ) {}

  /** What her access token lets her do. The services verify it; here it only chooses what is offered. */
  rolesOf({ tokens }: Session): Role[] {
    return Roles.parse(decodeJwt(tokens.accessToken)['roles']);
  }

  /** @throws DomainError `access-denied` naming the roles; `route-not-found` */
  async ask(session: Session, { method, path, query, body }: Sent): Promise<Answered> {
    const found = adminRoute(method, path);
    if (!found) throw new DomainError('route-not-found');
    const { roles, to } = found.route;
    if (!this.rolesOf(session).some((role) => roles.includes(role))) throw new DomainError('access-denied', { roles });
    if (to === 'console') return { status: 200, headers: JSON_HEADERS, body: JSON.stringify(await this.health.look()) };
    const address = new URL(`${found.at}${query}`, this.baseOf(to));
    const response = await this.send(session, to, { address, method, body });
    const text = await response.text();
    const headers = PASSED_ON.flatMap((name) => {
      const value = response.headers.get(name);
      return value === null ? [] : [[name, value] as const];
    });
    return { status: response.status, headers: Object.fromEntries(headers), body: text };
  }

  private async send(
    session: Session,
    to: Service,
    { address, method, body }: Readonly<{ address: URL; method: Sent['method']; body: unknown }>,
  ): Promise<Response> {
    if (to === 'evidence') return fetch(address, { signal: AbortSignal.timeout(5_000) });
    const tokens = await this.tokensFor(session, to);
    return this.oidc.call(tokens, address, { method, body }).catch((cause: unknown) => {
      throw responseProblem(cause) ?? new DomainError('service-unavailable', {}, { cause });
    });
  }

  private async tokensFor(session: Session, to: 'consent' | 'broker'): Promise<Tokens> {
    const known = to === 'consent' ? session.tokens : this.others.get(session.id);
    if (known && known.expiresAt - Date.now() > SPARE_MS) return known;
    const fresh = await this.oidc.refresh(session.tokens, to).catch((cause: unknown) => {
      throw new DomainError('token-invalid', {}, { cause });
    });
    if (to === 'consent') await this.sessions.keep(session.id, fresh);
    else this.remember(session.id, fresh);
    return fresh;
  }

  private remember(id: string, tokens: Tokens): void {
    for (const [other, { expiresAt }] of this.others) if (expiresAt < Date.now()) this.others.delete(other);
    this.others.set(id, tokens);
  }

  private baseOf(to: Service): string {
    const { CONSENT_URL, BROKER_URL, EVIDENCE_URLS, JURISDICTION } = this.config;
    return { consent: CONSENT_URL, broker: BROKER_URL, evidence: EVIDENCE_URLS[JURISDICTION] }[to];
  }
}

/** A problem that a service answered, for the pages that need one. */
export const problemIn = (body: string): DomainError =>
  fromProblem(JSON.parse(body) as Problem) ?? new DomainError('service-unavailable');
