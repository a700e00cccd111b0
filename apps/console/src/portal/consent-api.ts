import { Inject, Injectable } from '@nestjs/common';
import { ConsentPage, ConsentView, DomainError, fromProblem, ReceiptPageView, type Problem } from '@bayway/contracts';
import type { Language } from '@bayway/domain';
import type { z } from 'zod';
import type { Session } from '../sessions/sessions.service.js';
import { OidcClient } from '../sign-in/oidc-client.js';

/** The resident's own consents, asked of this jurisdiction's consent service with her token. Nothing is kept here. */
@Injectable()
export class ConsentApi {
  constructor(@Inject(OidcClient) private readonly oidc: OidcClient) {}

  page(session: Session, after?: string): Promise<ConsentPage> {
    return this.ask(session, `/me/consents${after ? `?after=${encodeURIComponent(after)}` : ''}`, ConsentPage);
  }

  one(session: Session, id: string): Promise<ConsentView> {
    return this.ask(session, `/me/consents/${id}`, ConsentView);
  }

  /** Her receipt to be printed: a part of a page, shown unchanged. */
  receipt(session: Session, id: string, language: Language): Promise<ReceiptPageView> {
    return this.ask(session, `/me/consents/${id}/receipt/page?language=${language}`, ReceiptPageView);
  }

  /** Takes effect when this returns. */
  withdraw(session: Session, id: string): Promise<ConsentView> {
    return this.ask(session, `/me/consents/${id}/withdrawal`, ConsentView, 'POST');
  }

  // eslint-disable-next-line max-params -- one private line for three public ones
  private async ask<T extends z.ZodType>(
    session: Session,
    path: string,
    shape: T,
    method: 'GET' | 'POST' = 'GET',
  ): Promise<z.infer<T>> {
    const response = await this.oidc.call(session, path, method).catch((cause: unknown) => {
      throw responseProblem(cause) ?? new DomainError('service-unavailable', {}, { cause });
    });
    const body: unknown = await response.json();
    if (!response.ok) throw fromProblem(body as Problem) ?? new DomainError('service-unavailable');
    const parsed = shape.safeParse(body);
    if (!parsed.success) throw new DomainError('answer-invalid', {}, { cause: parsed.error });
    return parsed.data;
  }
}

/** openid-client throws for a 401 with a challenge: the token is no longer good. */
function responseProblem(cause: unknown): DomainError | null {
  const status =
    (cause as { status?: number; response?: Response }).status ?? (cause as { response?: Response }).response?.status;
  return status === 401 ? new DomainError('token-invalid', {}, { cause }) : null;
}
