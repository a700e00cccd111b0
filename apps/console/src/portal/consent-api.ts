import { Inject, Injectable } from '@nestjs/common';
import {
  ConsentPage,
  ConsentView,
  DomainError,
  fromProblem,
  KeptReceipt,
  NotificationPage,
  NotificationSettingsView,
  ObjectionList,
  ObjectionView,
  ReceiptPageView,
  RefusedRequests,
  WaitingAsks,
  type ChangeNotificationSettings,
  type MakeObjection,
  type Problem,
} from '@bayway/contracts';
import type { Language } from '@bayway/domain';
import { CONFIG } from '@bayway/service';
import { z } from 'zod';
import type { ConsoleConfig } from '../config.js';
import type { Session } from '../sessions/sessions.service.js';
import { ResidentClient, type Sent } from '../sign-in/oidc-client.js';

type Cursor = Readonly<{ after?: string | undefined; limit?: number }>;

const query = ({ after, limit }: Cursor): string => {
  const values = new URLSearchParams();
  if (after !== undefined) values.set('after', after);
  if (limit !== undefined) values.set('limit', String(limit));
  return values.size === 0 ? '' : `?${values.toString()}`;
};

/** The resident's own consents, asked of this jurisdiction's consent service with her token. Nothing is kept here. */
@Injectable()
export class ConsentApi {
  constructor(
    @Inject(ResidentClient) private readonly oidc: ResidentClient,
    @Inject(CONFIG) private readonly config: ConsoleConfig,
  ) {}

  page(session: Session, cursor: Cursor = {}): Promise<ConsentPage> {
    return this.get(session, `/me/consents${query(cursor)}`, ConsentPage);
  }

  one(session: Session, id: string): Promise<ConsentView> {
    return this.get(session, `/me/consents/${id}`, ConsentView);
  }

  waiting(session: Session): Promise<WaitingAsks> {
    return this.get(session, '/me/asks', WaitingAsks);
  }

  /** Her receipt with what it speaks of, to be checked without Bayway. */
  kept(session: Session, id: string): Promise<z.infer<typeof KeptReceipt>> {
    return this.get(session, `/me/consents/${id}/receipt`, KeptReceipt);
  }

  /** Her receipt to be printed: a part of a page, shown unchanged. */
  receipt(session: Session, id: string, language: Language): Promise<z.infer<typeof ReceiptPageView>> {
    return this.get(session, `/me/consents/${id}/receipt/page?language=${language}`, ReceiptPageView);
  }

  /** Requests under her consent that ended without a release. */
  refusals(session: Session, id: string): Promise<RefusedRequests> {
    return this.get(session, `/me/consents/${id}/refusals`, RefusedRequests);
  }

  /** The evidence of one request under her consent, byte for byte as it verifies. */
  async evidence(session: Session, id: string, request: string): Promise<Buffer> {
    const response = await this.answered(session, `/me/consents/${id}/exchanges/${request}/evidence`, {
      method: 'GET',
    });
    return Buffer.from(await response.arrayBuffer());
  }

  /** Takes effect when this returns; so do a pause and its end. */
  act(session: Session, id: string, what: 'withdrawal' | 'pause' | 'resumption'): Promise<ConsentView> {
    return this.send(session, `/me/consents/${id}/${what}`, { method: 'POST' }, ConsentView);
  }

  objections(session: Session, id: string): Promise<z.infer<typeof ObjectionList>> {
    return this.get(session, `/me/consents/${id}/objections`, ObjectionList);
  }

  object(session: Session, id: string, body: MakeObjection): Promise<ObjectionView> {
    return this.send(session, `/me/consents/${id}/objections`, { method: 'POST', body }, ObjectionView);
  }

  inbox(session: Session, cursor: Cursor = {}): Promise<NotificationPage> {
    return this.get(session, `/me/notifications${query(cursor)}`, NotificationPage);
  }

  async readAll(session: Session): Promise<void> {
    const sent = { method: 'POST', body: { ids: 'all' } } as const;
    await this.send(session, '/me/notifications/reading', sent, z.object({ unread: z.int() }));
  }

  settings(session: Session): Promise<NotificationSettingsView> {
    return this.get(session, '/me/notification-settings', NotificationSettingsView);
  }

  change(session: Session, body: ChangeNotificationSettings): Promise<NotificationSettingsView> {
    return this.send(session, '/me/notification-settings', { method: 'PATCH', body }, NotificationSettingsView);
  }

  confirm(session: Session, code: string): Promise<NotificationSettingsView> {
    const sent = { method: 'POST', body: { code } } as const;
    return this.send(session, '/me/notification-settings/confirmation', sent, NotificationSettingsView);
  }

  private get<T extends z.ZodType>(session: Session, path: string, shape: T): Promise<z.infer<T>> {
    return this.send(session, path, { method: 'GET' }, shape);
  }

  // eslint-disable-next-line max-params -- one private line for all public ones
  private async send<T extends z.ZodType>(session: Session, path: string, sent: Sent, shape: T): Promise<z.infer<T>> {
    const response = await this.answered(session, path, sent);
    const parsed = shape.safeParse(await response.json());
    if (!parsed.success) throw new DomainError('answer-invalid', {}, { cause: parsed.error });
    return parsed.data;
  }

  /** The answer of the consent service. @throws DomainError its problem */
  private async answered(session: Session, path: string, sent: Sent): Promise<Response> {
    const response = await this.oidc
      .call(session.tokens, new URL(path, this.config.CONSENT_URL), sent)
      .catch((cause: unknown) => {
        throw responseProblem(cause) ?? new DomainError('service-unavailable', {}, { cause });
      });
    if (response.ok) return response;
    throw fromProblem((await response.json()) as Problem) ?? new DomainError('service-unavailable');
  }
}

/** openid-client throws for a 401 with a challenge: the token is no longer good. */
export function responseProblem(cause: unknown): DomainError | null {
  const status =
    (cause as { status?: number; response?: Response }).status ?? (cause as { response?: Response }).response?.status;
  return status === 401 ? new DomainError('token-invalid', {}, { cause }) : null;
}
